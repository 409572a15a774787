import type {DataType} from '@tensorflow/tfjs-core';

/** One output of a kernel, read back. */
export interface Output {
  shape: number[];
  dtype: DataType;
  values: ArrayLike<number> | string[];
}
