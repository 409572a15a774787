import {READ_PADDING} from '../../assembly/abi.js';
import type {Port, Program, Weight} from './program.js';

/** Bytes at an address, which a module begins with. */
export interface Segment {
  offset: number;
  data: Uint8Array;
}

/** Constants up to this size are compared: parameters and programs, not tensors. */
const COMPARED_BYTES = 4096;
/** A run of so many zeros is left out: a segment has a head of some ten bytes. */
const ZEROS = 64;
const ALIGNMENT = 16;
const DTYPES = ['float32', 'int32'] as const;

/** Where a module has what its program reads: the weights, what the steps write, the shapes. */
export class Layout {
  private readonly constants = new Map<string, number>();
  private readonly pieces: Segment[] = [];
  private top: number;
  private readonly image: Uint8Array;

  /** @param packed are left out of the memory, which they are unpacked to */
  constructor(program: Program, packed: readonly Weight[]) {
    this.top = program.end + READ_PADDING;
    this.image = program.image.slice();
    for (const {offset, elements} of packed) this.image.fill(0, offset, offset + elements * 4);
  }

  /** The first address beyond all. */
  get end(): number {
    return this.top;
  }

  /** The address of a copy of these bytes; small equal ones are there once. */
  constant(data: Uint8Array): number {
    if (data.length > COMPARED_BYTES) return this.place(data);
    const key = String.fromCharCode(...data);
    const offset = this.constants.get(key) ?? this.place(data);
    this.constants.set(key, offset);
    return offset;
  }

  /** The address of int32 that describe a port: 0 for float32, 1 for int32; the rank; the dimensions. */
  shape({dtype, shape}: Port): number {
    return this.constant(new Uint8Array(Int32Array.of(DTYPES.indexOf(dtype), shape.length, ...shape).buffer));
  }

  private place(data: Uint8Array): number {
    const offset = this.top;
    this.pieces.push({offset, data});
    this.top = Math.ceil((offset + data.length) / ALIGNMENT) * ALIGNMENT;
    return offset;
  }

  /** All that is not zero. */
  segments(): Segment[] {
    return [{offset: 0, data: this.image}, ...this.pieces].flatMap(withoutZeros);
  }
}

/** The parts of a segment between long runs of zeros. */
function withoutZeros({offset, data}: Segment): Segment[] {
  const parts: Segment[] = [];
  let start = -1;
  let zeros = 0;
  for (let i = 0; i <= data.length; i++) {
    if (i < data.length && data[i] !== 0) {
      if (start < 0) start = i;
      zeros = 0;
    } else if (start >= 0 && (++zeros === ZEROS || i === data.length)) {
      parts.push({offset: offset + start, data: data.subarray(start, i + 1 - zeros)});
      start = -1;
      zeros = 0;
    }
  }
  return parts;
}
