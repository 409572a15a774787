import type {LayersModel} from '@tensorflow/tfjs-layers';

/** What the answers of a model depend on. Data of tensors never changes: other weights are other data. */
export function stateOf(model: LayersModel): object[] {
  return [model, ...model.weights.map((weight) => weight.read().dataId)];
}

export function isSame(a: readonly object[], b: readonly object[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}
