import {cast, mean, oneHot, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {type LayersModel, Sequential} from '@tensorflow/tfjs-layers';
import {type ClassifierModel, hasLayers} from './model';
import {CLASSES} from './reading';

/** The loss that a model was compiled with, where it is not the cross-entropy of its classes. */
export interface OwnLoss {
  /** As TensorFlow.js names it. */
  name: string;
  value: number;
}

/** @param outputs [n, 10], as the model gives them. */
export function ownLossOf(model: ClassifierModel, outputs: Float32Array, labels: Uint8Array): OwnLoss | undefined {
  if (!hasLayers(model)) return undefined;
  const {loss} = model;
  // A Sequential model leaves these to the model inside.
  const {lossFunctions} = model instanceof Sequential ? (model as unknown as {model: LayersModel}).model : model;
  if (typeof loss !== 'string' || /categoricalCrossentropy$/i.test(loss) || lossFunctions?.length !== 1)
    return undefined;
  const count = labels.length;
  const value = tidy(() => {
    const truth = cast(oneHot(tensor(Int32Array.from(labels), [count], 'int32'), CLASSES), 'float32');
    const given = tensor(outputs, [count, CLASSES], 'float32');
    return mean(lossFunctions[0](truth, given) as Tensor);
  });
  const [number] = value.dataSync<'float32'>();
  value.dispose();
  return {name: loss, value: number};
}
