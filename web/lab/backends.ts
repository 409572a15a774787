import {env, findBackend, getBackend, setBackend} from '@tensorflow/tfjs-core';
import type {FeatureLevel} from 'mnist-wasm';
import type {BackendInfo, BackendName} from './types';

/** Each is a chunk of its own, fetched when it is chosen. */
const LOADERS: Record<BackendName, () => Promise<unknown>> = {
  'mnist-wasm': () => import('mnist-wasm'),
  wasm: loadWasm,
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
  webgl: () => import('@tensorflow/tfjs-backend-webgl'),
};

const NEEDS: Record<BackendName, string> = {
  'mnist-wasm': 'WebAssembly with SIMD',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
  webgl: 'WebGL in workers, and a graphics processor that may be used',
};

/**
 * Loads a backend and makes it the active one of this thread.
 * @throws Error where the browser cannot run it; the one before stays active.
 */
export async function startBackend(name: BackendName): Promise<BackendInfo> {
  const before = getBackend();
  await LOADERS[name]();
  if (!(await setBackend(name))) {
    if (before) await setBackend(before);
    throw new Error(`The backend ${name} does not start in this browser: it needs ${NEEDS[name]}.`);
  }
  return {name, featureLevel: name === 'mnist-wasm' ? await levelInUse() : undefined};
}

/** How many threads mnist-wasm computes with, which start with the first large kernel. */
export async function threadsInUse(name: BackendName): Promise<number | undefined> {
  if (name !== 'mnist-wasm') return undefined;
  const {threadCount} = await import('mnist-wasm');
  return threadCount();
}

async function levelInUse(): Promise<FeatureLevel | undefined> {
  const {featureLevel} = await import('mnist-wasm');
  return featureLevel();
}

/** tfjs-backend-wasm's files are named by the bundler. */
async function loadWasm(): Promise<void> {
  // Its paths can be set only before it has started.
  if (findBackend('wasm')) return;
  const [{setWasmPaths}, plain, simd] = await Promise.all([
    import('@tensorflow/tfjs-backend-wasm'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
  ]);
  // Its binary for threads is none of the page's files.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain.default,
    'tfjs-backend-wasm-simd.wasm': simd.default,
    // It wants to be told, and is not fetched.
    'tfjs-backend-wasm-threaded-simd.wasm': simd.default,
  });
}
