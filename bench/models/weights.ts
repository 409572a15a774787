import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {LayerPlan} from './plan';

/** Values in row-major order. */
export interface Values {
  shape: number[];
  values: Float32Array;
}

/** As tfjs orders them; they are the model's, nothing is to be disposed. */
export function weightsOf(model: LayersModel, {index}: LayerPlan): Values[] {
  return model.layers[index].getWeights().map((w) => ({shape: w.shape, values: w.dataSync() as Float32Array}));
}
