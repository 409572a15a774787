import type {LayersModel} from '@tensorflow/tfjs-layers';
import {combinedSeed} from './seed';

/** A step size that falls linearly from `start` in the first of `steps` steps to 0 after the last. */
export function linearDecay(start: number, steps: number): (step: number) => number {
  return (step) => start * (1 - step / steps);
}

/** A share that rises linearly to 1 over the first `steps` steps. */
export function warmUp(steps: number): (step: number) => number {
  return (step) => Math.min(1, (step + 1) / (steps + 1));
}

/** tfjs has no schedules, but its optimizers read this in every step; SGD and momentum a tensor that they make of it. */
export function setLearningRate({optimizer}: LayersModel, learningRate: number): void {
  const settable = optimizer as unknown as {learningRate: number; setLearningRate?: (rate: number) => void};
  if (settable.setLearningRate) settable.setLearningRate(learningRate);
  else settable.learningRate = learningRate;
}

/**
 * Other seeds for the dropout layers that have one: tfjs draws the same mask in every step from the same seed, where
 * Keras goes on drawing.
 */
export function reseedDropout(model: LayersModel, seed: number): void {
  model.layers.forEach((layer, position) => {
    const dropout = layer as unknown as {seed?: number | null};
    if (layer.getClassName() === 'Dropout' && dropout.seed != null) dropout.seed = combinedSeed(seed, position);
  });
}
