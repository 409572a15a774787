import {env, findBackend, getBackend, setBackend} from '@tensorflow/tfjs-core';
import type {FeatureLevel} from 'mnist-wasm';
import {texts} from '../texts';
import {requestThread} from './request-thread';
import type {BackendInfo, BackendName} from './types';

/** Each is a chunk of its own, fetched when it is chosen; gives what tells how many threads compute. */
const LOADERS: Record<BackendName, (threads?: number) => Promise<() => number | undefined>> = {
  'mnist-wasm': loadOwn,
  wasm: loadWasm,
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    return () => 1;
  },
  webgl: async () => {
    await import('@tensorflow/tfjs-backend-webgl');
    return () => undefined;
  },
};

let countThreads: () => number | undefined = () => undefined;

/**
 * Loads a backend and makes it the active one of this thread.
 * @param threads that mnist-wasm is asked for; as many as it takes by itself where none are named. It has them from its
 *   first start on.
 * @throws Error where the browser cannot run it; the one before stays active.
 */
export async function startBackend(name: BackendName, threads?: number): Promise<BackendInfo> {
  const before = getBackend();
  const count = await LOADERS[name](threads);
  if (!(await setBackend(name))) {
    if (before) await setBackend(before);
    throw new Error(texts.backend.doesNotStart(name, texts.backend.needs[name]));
  }
  countThreads = count;
  return {
    name,
    featureLevel: name === 'mnist-wasm' ? await levelInUse() : undefined,
    ...(name === 'webgl' && {inSoftware: drawsInSoftware()}),
  };
}

/** What WebGL's renderers in software are called: Chromium's, Mesa's, Windows's. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** False where a browser does not tell. */
function drawsInSoftware(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl');
  const names = gl?.getExtension('WEBGL_debug_renderer_info');
  const renderer = gl && names ? gl.getParameter(names.UNMASKED_RENDERER_WEBGL) : '';
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return SOFTWARE.test(String(renderer));
}

/**
 * How many threads the active backend computes with now: those of mnist-wasm start with its first large kernel.
 * Undefined where a graphics processor computes.
 */
export function threadsInUse(): number | undefined {
  return countThreads();
}

async function levelInUse(): Promise<FeatureLevel | undefined> {
  const {featureLevel} = await import('mnist-wasm');
  return featureLevel();
}

async function loadOwn(threads?: number): Promise<() => number> {
  const {register, threadCount} = await import('mnist-wasm');
  register({threads, startThread: requestThread});
  return threadCount;
}

/** tfjs-backend-wasm's files are named by the bundler. */
async function loadWasm(): Promise<() => number> {
  const hasStarted = findBackend('wasm') !== null;
  const [{getThreadsCount, setWasmPaths}, plain, simd] = await Promise.all([
    import('@tensorflow/tfjs-backend-wasm'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
    import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
  ]);
  // Its paths can be set only before it has started.
  if (hasStarted) return getThreadsCount;
  // Its binary for threads is none of the page's files.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain.default,
    'tfjs-backend-wasm-simd.wasm': simd.default,
    // It wants to be told, and is not fetched.
    'tfjs-backend-wasm-threaded-simd.wasm': simd.default,
  });
  return getThreadsCount;
}
