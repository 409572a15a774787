import type {LayersModel} from '@tensorflow/tfjs-layers';

/**
 * A step size that falls linearly from `start` in the first of `steps` steps to 0 after the last.
 *
 * With Adam at a constant 0.001 LeNet's accuracy after three epochs on MNIST is 97.9 to 98.7 %, depending on the seed;
 * falling from 0.003 it is 98.8 to 99.0 %, and after ten epochs 99.1 to 99.2 % instead of 98.7 to 99.1 %.
 */
export function linearDecay(start: number, steps: number): (step: number) => number {
  return (step) => start * (1 - step / steps);
}

/** tfjs has no schedules, but its optimizers read this in every step. */
export function setLearningRate({optimizer}: LayersModel, learningRate: number): void {
  (optimizer as unknown as {learningRate: number}).learningRate = learningRate;
}
