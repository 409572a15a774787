import {
  engine,
  FusedBatchNorm,
  type GradConfig,
  getGradient,
  Mean,
  Relu,
  registerGradient,
  Sum,
} from '@tensorflow/tfjs-core';
import {BACKEND_NAME} from '../name.js';
import {fusedBatchNormGradient} from './FusedBatchNorm.js';
import {meanGradient, sumGradient} from './reductions.js';

type GradFunc = GradConfig['gradFunc'];

/** Gradients that tfjs-core composes of many passes, in few. */
const gradients: Record<string, GradFunc> = {
  [FusedBatchNorm]: fusedBatchNormGradient,
  [Mean]: meanGradient,
  [Sum]: sumGradient,
};

const ours = new WeakSet<GradConfig>();

/**
 * Registers our gradients in place of those that are registered (tfjs-core alone registers none), to which they leave
 * every other backend. May be called again: another package may have registered its own since.
 */
export function registerGradients(): void {
  for (const [kernelName, gradFunc] of Object.entries(gradients)) {
    replace(kernelName, (original) => ({
      ...original,
      gradFunc: (dy, saved, attrs) => (isActive() ? gradFunc : original.gradFunc)(dy, saved, attrs),
    }));
  }
  // Whether x is positive shows in its relu too, which others hold anyway: x itself need not be stored.
  replace(Relu, (original) => ({
    ...original,
    get inputsToSave() {
      return isActive() ? [] : original.inputsToSave;
    },
    get outputsToSave() {
      return isActive() ? [true] : original.outputsToSave;
    },
  }));
}

function replace(kernelName: string, change: (original: GradConfig) => GradConfig): void {
  const original = getGradient(kernelName);
  if (!original || ours.has(original)) return;
  const changed = change(original);
  ours.add(changed);
  registerGradient(changed);
}

function isActive(): boolean {
  return engine().backendName === BACKEND_NAME;
}
