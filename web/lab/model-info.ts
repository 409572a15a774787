import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {ModelInfo} from './types';

/** What the page tells of a model. */
export function describeModel(model: LayersModel): ModelInfo {
  return {
    parameters: model.countParams(),
    layers: model.layers.map((layer) => ({
      name: layer.name,
      type: layer.getClassName(),
      outputShape: (layer.outputShape as (number | null)[]).slice(1).map(Number),
      parameters: layer.countParams(),
    })),
  };
}
