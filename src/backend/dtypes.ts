import type {DataType} from '@tensorflow/tfjs-core';

/** Bytes of an element on the heap: 4 for float32 and int32, 1 for bool, 0 for dtypes that are not there. */
export function elementBytes(dtype: DataType): 0 | 1 | 4 {
  return dtype === 'float32' || dtype === 'int32' ? 4 : dtype === 'bool' ? 1 : 0;
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/**
 * The bits of a number as an element of the given dtype, converted as a typed array does; the byte of a bool is
 * repeated four times, for kernels that fill memory with a pattern.
 */
export function elementBits(value: number, dtype: DataType): number {
  if (dtype === 'float32') {
    float[0] = value;
    return bits[0];
  }
  return dtype === 'int32' ? value | 0 : Math.imul(value & 255, 0x01010101);
}
