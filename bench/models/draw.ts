import {randomUniform, tidy} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';

/** Draws a model's vectors, statistics included: ones and zeros would hide a wrong order. */
export function drawVectors(model: LayersModel): void {
  tidy(() => {
    const initial = model.getWeights();
    model.setWeights(initial.map((w, i) => (w.rank === 1 ? randomUniform(w.shape, 0.5, 1.5, 'float32', i + 1) : w)));
  });
}
