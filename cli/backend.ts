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

/** @throws RunError when the backend lacks a kernel that the gradient of one of the model's layers needs. */
export function assertTrains(name: BackendName, model: LayersModel): void {
  const missing = missingForTraining(name, model);
  if (missing === undefined) return;
  throw new RunError(
    `the backend ${name} cannot train this model: it has no ${missing}; use --backend mnist-wasm or cpu`,
  );
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
    if (!isNotInstalled(error)) throw error;
    if (name === 'mnist-wasm') throw new RunError('mnist-wasm is not built: run npm run build first');
    throw new RunError(`--backend ${name} needs a package: npm install @tensorflow/tfjs-backend-${name}`);
  }
}
