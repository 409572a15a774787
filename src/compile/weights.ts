import {misfit} from '../shared/given.js';
import {CompileError} from './error.js';
import type {Weight} from './program.js';

/** How a module holds its weights: as they are, or in half or a quarter of the bytes, unpacked when it is instantiated. */
export type WeightFormat = 'float32' | 'float16' | 'int8';

/** Tensors with fewer elements stay as they are: they are few bytes, and sums depend much on biases. */
const MIN_PACKED = 256;
/** The largest number that a format takes; of int8 any, since it has scales. */
const LARGEST = {float16: 65504, int8: 2 ** 128 - 2 ** 104};

const FORMATS: readonly WeightFormat[] = ['float32', 'float16', 'int8'];

/** @throws CompileError if there is no such format */
export function checkFormat(format: WeightFormat): void {
  if (FORMATS.includes(format)) return;
  throw new CompileError(misfit('weights', `one of ${FORMATS.join(', ')}`, format));
}

/** A tensor that is packed. */
export interface PackedWeight extends Weight {
  data: Uint8Array;
  /** Of int8: what each column is multiplied with. */
  scales: Float32Array | undefined;
}

/**
 * Packs the large weights of a memory.
 *
 * @throws CompileError if one is too large for float16, or not finite
 */
export function packWeights(memory: Uint8Array, weights: readonly Weight[], format: WeightFormat): PackedWeight[] {
  if (format === 'float32') return [];
  return weights
    .filter(({tensorElements}) => tensorElements >= MIN_PACKED)
    .map((weight) => {
      const values = new Float32Array(memory.slice(weight.offset, weight.offset + weight.elements * 4).buffer);
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      if (!(largest <= LARGEST[format])) {
        throw new CompileError(`a weight is ${largest}; as ${format} it can be ${LARGEST[format]} at most`);
      }
      return {...weight, ...(format === 'float16' ? packFloat16(values) : packInt8(values, weight.columns))};
    });
}

function packFloat16(values: Float32Array): Pick<PackedWeight, 'data' | 'scales'> {
  return {data: new Uint8Array(Uint16Array.from(values, float16Bits).buffer), scales: undefined};
}

/** Each column by its largest magnitude: output channels differ much in it. */
function packInt8(values: Float32Array, columns: number): Pick<PackedWeight, 'data' | 'scales'> {
  const scales = new Float32Array(columns);
  for (const [i, value] of values.entries()) {
    scales[i % columns] = Math.max(scales[i % columns], Math.abs(value) / 127);
  }
  const data = Int8Array.from(values, (value, i) => Math.round(value / (scales[i % columns] || 1)));
  return {data: new Uint8Array(data.buffer), scales};
}

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);

/** The nearest float16, ties to even, of a number that has one (IEEE 754, binary16). */
function float16Bits(value: number): number {
  // With exponents of float16, the 13 last bits of the significand are beyond its precision.
  float[0] = Math.abs(value) * 2 ** -112;
  const magnitude = (word[0] + 0xfff + ((word[0] >> 13) & 1)) >> 13;
  return (value < 0 || Object.is(value, -0) ? 0x8000 : 0) | magnitude;
}
