import {getBackend, getKernel, ready, setBackend} from '@tensorflow/tfjs-core';
import {RunError} from './errors';

export const BACKENDS = ['mnist-wasm', 'cpu', 'wasm'] as const;
export type BackendName = (typeof BACKENDS)[number];

export interface ActiveBackend {
  name: BackendName;
  /** The SIMD level of mnist-wasm: 'simd' or 'relaxed'; null for other backends. */
  featureLevel: string | null;
}

/**
 * Imports the backend and makes it the active one.
 *
 * Imported only when asked for: a recipe run on another backend should neither need nor start this one.
 *
 * @throws RunError when its package is not installed or it does not start on this machine.
 */
export async function activateBackend(name: BackendName): Promise<ActiveBackend> {
  const featureLevel = await importBackend(name);
  if (!(await setBackend(name))) throw new RunError(`the backend ${name} does not start on this machine`);
  await ready();
  if (getBackend() !== name) throw new RunError(`asked for the backend ${name}, but ${getBackend()} is active`);
  return {name, featureLevel: featureLevel()};
}

/** @throws RunError when the backend lacks a kernel that the gradient of a convolution needs. */
export function assertTrainsConvolutions(name: BackendName): void {
  for (const kernel of ['Conv2DBackpropFilter', 'Conv2DBackpropInput', 'MaxPoolGrad']) {
    if (getKernel(kernel, name) === undefined) {
      throw new RunError(
        `the backend ${name} cannot train a convolutional network: it has no ${kernel}; use --backend mnist-wasm or cpu`,
      );
    }
  }
}

async function importBackend(name: BackendName): Promise<() => string | null> {
  try {
    if (name === 'mnist-wasm') {
      const {featureLevel} = await import('mnist-wasm');
      return () => featureLevel() ?? null;
    }
    await (name === 'cpu' ? import('@tensorflow/tfjs-backend-cpu') : import('@tensorflow/tfjs-backend-wasm'));
    return () => null;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    if (name === 'mnist-wasm') throw new RunError('mnist-wasm is not built: run npm run build first');
    throw new RunError(`--backend ${name} needs a package: npm install @tensorflow/tfjs-backend-${name}`);
  }
}
