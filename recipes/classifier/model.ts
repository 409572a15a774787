import type {Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';

/** An input or an output of a model; null is a side that the model leaves open. */
export interface Port {
  name: string;
  shape: readonly (number | null)[];
  dtype?: string;
}

/** A model of operations, which has no layers: what a converted SavedModel is. */
export interface OperationsModel {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** What its output comes out of, as tfjs-layers names activations; undefined where that is none. */
  readonly activation: string | undefined;
  countParams(): number;
  predictOnBatch(xs: Tensor): Tensor;
  dispose(): void;
}

export type ClassifierModel = LayersModel | OperationsModel;

export function hasLayers(model: ClassifierModel): model is LayersModel {
  return 'layers' in model;
}
