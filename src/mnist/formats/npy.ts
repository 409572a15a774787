import {MnistError} from '../error.js';

/** An array as NumPy saved it. */
export interface NumpyArray {
  shape: number[];
  /** Row-major. @throws MnistError where they are of a kind that is not read. */
  values(): ArrayLike<number>;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const READERS: Record<string, (view: DataView, at: number, little: boolean) => number> = {
  b1: (view, at) => view.getUint8(at),
  u1: (view, at) => view.getUint8(at),
  i1: (view, at) => view.getInt8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

/**
 * Reads a .npy file (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 * @throws MnistError where it is damaged.
 */
export function parseNpy(bytes: Uint8Array, file: string): NumpyArray {
  const wrong = (text: string) => new MnistError(`${file}: ${text}.`, {file});
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) throw wrong('expected a .npy file of NumPy, found something else');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6] > 1;
  const start = wide ? 12 : 10;
  const end = bytes.length < start ? Infinity : start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (end > bytes.length) throw wrong('the header of the .npy data is truncated');
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, end));
  const type = /'descr':\s*'([<>|=])(\w+)'/.exec(header);
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  const read = type && READERS[type[2]];
  if (!read) {
    const found = /'descr':\s*('[^']*'|\[[^\]]*\]?)/.exec(header)?.[1] ?? 'another';
    const refuse = () => {
      throw wrong(`expected an array of booleans, integers or floats, found ${inWords(found)}`);
    };
    return {shape, values: refuse};
  }
  const count = shape.reduce((a, b) => a * b, 1);
  const size = Number(type[2].slice(1));
  if (!(end + count * size <= bytes.length)) {
    throw wrong(`expected [${shape}] numbers of ${size} bytes, found ${bytes.length - end} bytes: it is truncated`);
  }
  const data = bytes.subarray(end, end + count * size);
  if (/'fortran_order':\s*True/.test(header) && shape.length > 1) {
    throw wrong('the array is in the order of Fortran: save numpy.ascontiguousarray of it');
  }
  if (type[2] === 'u1' || type[2] === 'b1') return {shape, values: () => data};
  const numbers = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return {shape, values: () => Float64Array.from({length: count}, (_, i) => read(numbers, i * size, type[1] !== '>'))};
}

/** A type as NumPy writes it: `|O`, `<U5`. */
function inWords(type: string): string {
  const kind = /^'[<>|=]?([OUSfc])/.exec(type)?.[1];
  if (kind === 'O') return "Python objects (dtype object), which may run anything: save it by .astype('uint8')";
  if (kind === 'U' || kind === 'S') return `text (${type}): save its numbers by .astype('uint8')`;
  return `${type}: save it by .astype('float32') or .astype('uint8')`;
}
