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

/** Gradients that need fewer passes than tfjs-core's own. */
const gradients: Record<string, GradFunc> = {
  [FusedBatchNorm]: fusedBatchNormGradient,
  [Mean]: meanGradient,
  [Sum]: sumGradient,
};

const ours = new WeakSet<GradConfig>();

/**
 * Registers our gradients in place of the registered ones (tfjs-core alone registers none), which stay in use on every
 * other backend. May be called again: another package may have registered its own in the meantime.
 */
export function registerGradients(): void {
  for (const [kernelName, gradFunc] of Object.entries(gradients)) {
    replace(kernelName, (original) => ({
      ...original,
      gradFunc: (dy, saved, attrs) => (isActive() ? gradFunc : original.gradFunc)(dy, saved, attrs),
    }));
  }
  // step(x) equals step(relu(x)), and relu's output is mostly stored anyway: so x itself need not be.
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
