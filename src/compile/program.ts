import type {KernelModule} from '../backend/module/source.js';
import type {FeatureLevel} from '../backend/options.js';
import type {Step} from '../backend/step.js';

/** A tensor that goes into a program or comes out of it: float32, or int32 where an output is. */
export interface Port {
  name: string;
  /** Of the batch that was compiled. */
  shape: number[];
  dtype: 'float32' | 'int32';
  /** The address of its first element. */
  offset: number;
}

/** A float32 tensor in the memory, or some columns of one. */
export interface Weight {
  offset: number;
  elements: number;
  /** Of its last dimension: the output channels of a kernel. */
  columns: number;
  /** Of the whole tensor. */
  tensorElements: number;
}

/** What a model does with a batch: calls of kernels at fixed addresses of a memory, without tfjs. */
export interface Program {
  level: FeatureLevel;
  /** The functions that its steps call, at that level. */
  kernels: KernelModule;
  inputs: Port[];
  outputs: Port[];
  steps: Step[];
  /** The memory that the steps begin with: static data of the kernels, and the weights. */
  image: Uint8Array;
  /** Where the float32 weights are in it. */
  weights: Weight[];
  /** The end of the static data. */
  heapBase: number;
  /** The first address that is used by nothing. */
  end: number;
}
