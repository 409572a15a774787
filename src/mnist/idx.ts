import {assertGiven, isBytes} from '../shared/given.js';
import {badData} from './error.js';

const SIDE = 28;
/** More images than this do not fit one array. */
export const MAX_SIZE = 2_000_000;

/** The type byte of unsigned bytes, the only one MNIST uses. */
const UNSIGNED_BYTE = 0x08;

/**
 * Reads an IDX file: two zero bytes, the element type, the number of dimensions, each dimension as a big-endian 32-bit
 * integer, then the elements, row-major (the format that http://yann.lecun.com/exdb/mnist/ describes).
 *
 * @param bytes The plain file; gzip must be unzipped first.
 * @param file Its name, for errors.
 * @returns The dimensions, and a view of the elements (no copy).
 * @throws MnistError where the bytes are not a whole IDX file of unsigned bytes: it names the file, the byte, what was
 *   expected and what was found.
 */
export function parseIdx(bytes: Uint8Array, file: string): {dims: number[]; data: Uint8Array} {
  assertGiven(isBytes(bytes), 'bytes', 'those of a file, a Uint8Array', bytes);
  const {dims, header, length} = parseHeader(bytes, file);
  const found = bytes.length - header;
  if (found < length) {
    throw badData(
      file,
      bytes.length,
      `${length} bytes of data (${dims.join(' x ')})`,
      `only ${found}: it is truncated`,
    );
  }
  if (found > length) {
    throw badData(
      file,
      header + length,
      `the end, after ${dims.join(' x ')} bytes of data`,
      `${found - length} bytes more`,
    );
  }
  return {dims, data: bytes.subarray(header)};
}

/** What the first bytes of an IDX file say, and how long header and data are then. @throws MnistError as parseIdx does. */
export function parseHeader(bytes: Uint8Array, file: string): {dims: number[]; header: number; length: number} {
  if (bytes.length < 4) throw badData(file, bytes.length, 'an IDX header of at least 4 bytes', ending(bytes));
  if (isGzip(bytes)) throw badData(file, 0, 'a plain IDX file', 'gzip data, which must be unzipped first');
  if (bytes[0] !== 0 || bytes[1] !== 0) {
    throw badData(file, 0, 'the magic number of an IDX file (00 00 08 and the number of dimensions)', hex(bytes, 4));
  }
  if (bytes[2] !== UNSIGNED_BYTE) throw badData(file, 2, 'element type 08 (unsigned byte)', hex(bytes.subarray(2), 1));
  const rank = bytes[3];
  if (rank === 0) throw badData(file, 3, 'at least one dimension', 'none');
  const header = 4 + 4 * rank;
  if (bytes.length < header) {
    throw badData(file, bytes.length, `a header of ${header} bytes (${rank} dimensions)`, ending(bytes));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dims: number[] = [];
  let length = 1;
  for (let i = 0; i < rank; i++) {
    const dim = view.getUint32(4 + 4 * i);
    if (dim === 0) throw badData(file, 4 + 4 * i, 'a dimension of at least 1', '0');
    dims.push(dim);
    // A product too large for a double's integers still compares greater than any real length.
    length *= dim;
  }
  return {dims, header, length};
}

/** Images are of 28x28, labels have one dimension: nothing else is read. */
export function checkSides(dims: number[], file: string): void {
  if (dims.length !== 1 && dims.length !== 3) {
    throw badData(file, 3, '3 dimensions (images) or 1 (labels)', `${dims.length}`);
  }
  for (let axis = 1; axis < dims.length; axis++) {
    if (dims[axis] !== SIDE) {
      throw badData(file, 4 + 4 * axis, `images of ${SIDE} x ${SIDE}`, `a side of ${dims[axis]}`);
    }
  }
}

/** Whether these are gzip's magic bytes. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function ending(bytes: Uint8Array): string {
  return `the end of the file after ${bytes.length} bytes`;
}

function hex(bytes: Uint8Array, count: number): string {
  return Array.from(bytes.subarray(0, count), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
