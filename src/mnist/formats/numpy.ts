import {unzipEntry, ZipError, zipEntries} from '../../shared/zip.js';
import {MnistError} from '../error.js';
import {type NumpyArray, parseNpy} from './npy.js';
import {type LabelledSets, paired, type SetName, setOf, toLabels, toPixels} from './sets.js';

const PIXELS = 28 * 28;
/** What the arrays of a file may have unzipped: 60,000 images of float64 are 376 MB. */
const MOST_BYTES = 2 ** 30;

/** Arrays by their names: those of an .npz file, or .npy files. */
export type Arrays = Record<string, NumpyArray>;

/**
 * The arrays of an .npz file, a zip of .npy files.
 * @throws MnistError where it is damaged or would be larger than 1 GiB.
 */
export function parseNpz(bytes: Uint8Array, file: string): Arrays {
  try {
    const entries = zipEntries(bytes).filter(({name}) => name.endsWith('.npy'));
    if (entries.reduce((total, entry) => total + entry.bytes, 0) > MOST_BYTES) {
      throw new ZipError(`not read here: its arrays have more than ${MOST_BYTES} bytes`);
    }
    return Object.fromEntries(
      entries.map((entry) => {
        const array = entry.name.replace(/\.npy$/, '');
        return [array, parseNpy(unzipEntry(bytes, entry), `${file}, ${array}`)];
      }),
    );
  } catch (error) {
    if (error instanceof ZipError) throw new MnistError(`${file} is ${error.message}.`, {file, cause: error});
    throw error;
  }
}

/**
 * The sets in arrays of images and labels, like x_train, y_train, x_test and y_test: which is which is told by the shapes, and
 * training and test by the names. Test images without labels are left out, as those of competitions are.
 *
 * @throws MnistError that lists the arrays where they are something else.
 */
export function setsOfArrays(arrays: Arrays, file: string, testOnly: boolean): LabelledSets {
  const names: Partial<Record<SetName | 'unnamed', Partial<Record<Role, string>>>> = {};
  const wrong = (reason: string) => {
    const found = Object.entries(arrays).map(([name, {shape}]) => `${name} [${shape.join(', ')}]`);
    const expected = 'expected arrays like x_train [n, 28, 28], y_train [n], x_test and y_test';
    return new MnistError(`${file}: ${expected}, found ${found.join(', ') || 'none'}${reason}.`, {file});
  };
  for (const [name, {shape}] of Object.entries(arrays)) {
    const set = setOf(name) ?? 'unnamed';
    const role = roleOf(shape);
    if (set === 'validation' || role === undefined) continue;
    names[set] ??= {};
    const other = names[set][role];
    if (other !== undefined && set !== 'unnamed')
      throw wrong(`: ${other} and ${name} may both be the ${TITLES[set]} ${role}`);
    names[set][role] ??= name;
  }
  const sets: LabelledSets = {};
  for (const set of ['train', 'test', 'unnamed'] as const) {
    const {images, labels} = names[set] ?? {};
    if (images !== undefined && labels !== undefined) {
      const pixels = toPixels(arrays[images].values(), `${file}, ${images}`);
      sets[set] = paired(pixels, readLabels(arrays[labels], `${file}, ${labels}`), file);
    } else if (set === 'train' && !testOnly && (images ?? labels) !== undefined) {
      throw wrong(`: there are no training ${images === undefined ? 'images' : 'labels'}`);
    }
  }
  if (Object.keys(sets).length > 0) return sets;
  throw wrong('');
}

type Role = 'images' | 'labels';
const TITLES = {train: 'training', test: 'test'};

/** What an array may be; undefined where it is neither. */
function roleOf(shape: number[]): Role | undefined {
  const one = shape.slice(1).reduce((a, b) => a * b, 1);
  if (one === PIXELS) return 'images';
  return shape.length > 0 && (one === 1 || one === 10) ? 'labels' : undefined;
}

function readLabels({shape, values}: NumpyArray, file: string): Uint8Array {
  const numbers = values();
  return toLabels(numbers.length === 10 * shape[0] ? fromOneHot(numbers) : numbers, file);
}

function fromOneHot(values: ArrayLike<number>): number[] {
  const rows = Array.from({length: values.length / 10}, (_, i) =>
    Array.from({length: 10}, (_value, k) => values[10 * i + k]),
  );
  return rows.map((row) => row.indexOf(Math.max(...row)));
}

export {parseNpy} from './npy.js';
