import {getBackend, ready, setBackend} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {isNotInstalled} from '../common/node/installed';
import {missingForTraining} from '../recipes';
import {RunError} from './errors';

export const BACKENDS = ['mnist-wasm', 'cpu', 'wasm'] as const;
export type BackendName = (typeof BACKENDS)[number];

export interface ActiveBackend {
  name: BackendName;
  /** The SIMD level of mnist-wasm: 'simd' or 'relaxed'; null for other backends. */
  featureLevel: string | null;
  /** How many threads mnist-wasm computes with now; null for other backends. They start with the first large kernel. */
  threads: () => number | null;
}

/**
 * Imports the backend and makes it the active one.
 *
 * Imported only when asked for: a recipe run on another backend should neither need nor start this one.
 *
 * @param threads of mnist-wasm, by default what the package chooses; other backends have one
 *
 * @throws RunError when its package is not installed or it does not start on this machine.
 */
export async function activateBackend(name: BackendName, threads?: number): Promise<ActiveBackend> {
  const {featureLevel, threadsInUse} = await importBackend(name, threads);
  if (!(await setBackend(name))) throw new RunError(`the backend ${name} does not start on this machine`);
  await ready();
  if (getBackend() !== name) throw new RunError(`asked for the backend ${name}, but ${getBackend()} is active`);
  return {name, featureLevel: featureLevel(), threads: threadsInUse};
}

/** @throws RunError when the backend lacks a kernel that the gradient of one of the model's layers needs. */
export function assertTrains(name: BackendName, model: LayersModel): void {
  const missing = missingForTraining(name, model);
  if (missing === undefined) return;
  throw new RunError(
    `the backend ${name} cannot train this model: it has no ${missing}; use --backend mnist-wasm or cpu`,
  );
}

interface ImportedBackend {
  featureLevel: () => string | null;
  threadsInUse: () => number | null;
}

async function importBackend(name: BackendName, threads?: number): Promise<ImportedBackend> {
  try {
    if (name === 'mnist-wasm') {
      const {featureLevel, register, threadCount} = await import('mnist-wasm');
      if (threads !== undefined) register({threads});
      return {featureLevel: () => featureLevel() ?? null, threadsInUse: threadCount};
    }
    await (name === 'cpu' ? import('@tensorflow/tfjs-backend-cpu') : import('@tensorflow/tfjs-backend-wasm'));
    return {featureLevel: () => null, threadsInUse: () => null};
  } catch (error) {
    if (!isNotInstalled(error)) throw error;
    if (name === 'mnist-wasm') throw new RunError('mnist-wasm is not built: run npm run build first');
    throw new RunError(`--backend ${name} needs a package: npm install @tensorflow/tfjs-backend-${name}`);
  }
}
