import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {ModelInfo, TrainingInfo} from './types';

/** What the page tells of a model. */
export function describeModel(model: LayersModel, training: TrainingInfo): ModelInfo {
  return {
    training,
    parameters: model.countParams(),
    layers: model.layers.map((layer) => ({
      name: layer.name,
      type: layer.getClassName(),
      outputShape: (layer.outputShape as (number | null)[]).slice(1).map(Number),
      parameters: layer.countParams(),
    })),
  };
}
