import {engine, type GradConfig, getGradient, registerGradient} from '@tensorflow/tfjs-core';
import {BACKEND_NAME} from '../name.js';
import {fusedBatchNormGradient} from './FusedBatchNorm.js';
import {meanGradient, sumGradient} from './reductions.js';

type GradFunc = GradConfig['gradFunc'];

/** Gradients that tfjs-core composes of many passes, in few. */
const gradients: Record<string, GradFunc> = {
  FusedBatchNorm: fusedBatchNormGradient,
  Mean: meanGradient,
  Sum: sumGradient,
};

const ours = new WeakSet<GradFunc>();

/**
 * Registers our gradients in place of those that are registered (tfjs-core alone registers none), to which they leave
 * every other backend. May be called again: another package may have registered its own since.
 */
export function registerGradients(): void {
  for (const [kernelName, gradFunc] of Object.entries(gradients)) {
    const original = getGradient(kernelName);
    if (!original || ours.has(original.gradFunc)) continue;
    const chosen: GradFunc = (dy, saved, attrs) =>
      (engine().backendName === BACKEND_NAME ? gradFunc : original.gradFunc)(dy, saved, attrs);
    ours.add(chosen);
    registerGradient({...original, gradFunc: chosen});
  }
}
