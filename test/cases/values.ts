import {type DataType, util} from '@tensorflow/tfjs-core';
import {Sfc32} from '../../src/mnist/digits/random';
import type {InputSpec, ValueKind} from './types';

const MAX_FLOAT = 3.4028234663852886e38;
const MIN_NORMAL = 1.1754943508222875e-38;
const MAX_DENORMAL = 1.1754942106924411e-38;
const MIN_DENORMAL = 1.401298464324817e-45;

/** The float32 values that kernels get wrong, in the order in which 'special' gives them. */
export const specialFloats: readonly number[] = [
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5],
  ...[MAX_FLOAT, -MAX_FLOAT, MIN_NORMAL, -MIN_NORMAL, MAX_DENORMAL, -MAX_DENORMAL, MIN_DENORMAL, -MIN_DENORMAL],
  // Either side of where exp overflows and underflows, where float32 loses its fraction, and where int32 ends.
  ...[88.72, 88.73, -87.3, -103.9, -104, 8388607.5, -8388608.5, 16777216, 2147483520, -2147483648, 4294967296],
  ...[1e-20, -1e-20, 1e20, -1e20, 3, -3, 6, 7],
];

/** The same for int32. */
export const extremeInts: readonly number[] = [
  ...[0, 1, -1, 2, -2, 3, -3, 7, -7, 2147483647, -2147483648, 2147483646, -2147483647],
  ...[65535, 65536, -65536, 46340, 46341, 16777216, 16777217, -16777217, 1073741824, -1073741824],
];

/** The values of an input, the same for the same spec and position on every machine. */
export function makeValues(spec: InputSpec, position: number): Float32Array | Int32Array | Uint8Array | string[] {
  const {shape, dtype = 'float32', values = 'normal'} = spec;
  const size = util.sizeFromShape([...shape]) * (dtype === 'complex64' ? 2 : 1);
  if (typeof values !== 'string') {
    if (values.length !== size) {
      throw new Error(`A case gives ${values.length} values for shape [${shape}] of ${dtype}, which has ${size}.`);
    }
    return dtype === 'string' ? (values as string[]).slice() : typed(dtype, values as number[]);
  }
  if (dtype === 'string') throw new Error('A case must list the values of a string tensor.');
  return typed(dtype, draw(values, dtype, size, new Sfc32(spec.seed ?? 0, position, 0), spec.range));
}

function typed(dtype: DataType, values: ArrayLike<number>): Float32Array | Int32Array | Uint8Array {
  if (dtype === 'int32') return Int32Array.from(values);
  if (dtype === 'bool') return Uint8Array.from(values);
  return Float32Array.from(values);
}

function draw(kind: ValueKind, dtype: DataType, size: number, random: Sfc32, range?: readonly [number, number]) {
  if (dtype === 'bool') return Array.from({length: size}, () => random.below(2));
  const whole = dtype === 'int32';
  const between = (low: number, high: number) =>
    whole ? low + random.below(high - low + 1) : random.uniform(low, high);
  switch (kind) {
    case 'normal':
      return Array.from({length: size}, () => (whole ? between(-100, 100) : random.normal()));
    case 'uniform':
      return Array.from({length: size}, () => between(...(range ?? (whole ? ([0, 100] as const) : ([0, 1] as const)))));
    case 'positive':
      return Array.from({length: size}, () => (whole ? between(1, 100) : between(0.1, 4)));
    case 'distinct':
      return distinct(size, whole, random);
    case 'mixed':
      return Array.from({length: size}, () => mixed(whole, random));
    case 'exact':
      return Array.from({length: size}, () => exact(random));
    case 'broken':
      return Array.from({length: size}, () => (random.below(20) ? exact(random) : notFinite[random.below(3)]));
    default: {
      const list = whole ? extremeInts : specialFloats;
      return Array.from({length: size}, (_, i) => {
        if (i < list.length) return list[i];
        return random.below(2) ? list[random.below(list.length)] : whole ? between(-100, 100) : random.normal();
      });
    }
  }
}

const notFinite = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

function exact(random: Sfc32): number {
  return (random.below(257) - 128) / 8;
}

function mixed(whole: boolean, random: Sfc32): number {
  const list = whole ? extremeInts : specialFloats;
  switch (random.below(3)) {
    case 0:
      return list[random.below(list.length)];
    case 1:
      return whole ? random.below(201) - 100 : random.normal();
    default:
      // Any number of leading zeros; any exponent, those of denormals and one too large included.
      return whole ? random.bits() >> random.below(32) : random.uniform(-1, 1) * 2 ** (random.below(278) - 148);
  }
}

/** Odd multiples of an eighth (int32: of one), of both signs, shuffled by Fisher and Yates. */
function distinct(size: number, whole: boolean, random: Sfc32): number[] {
  const values = Array.from({length: size}, (_, i) => (2 * (i - (size >> 1)) + 1) * (whole ? 1 : 0.125));
  for (let i = size - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [values[i], values[j]] = [values[j], values[i]];
  }
  return values;
}
