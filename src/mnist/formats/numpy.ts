import {unzipSync} from 'fflate/browser';
import {reasonOf} from '../../shared/reason.js';
import {MnistError} from '../error.js';
import type {MnistSplit} from '../types.js';
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
  let total = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({name, originalSize}) => {
        if (!name.endsWith('.npy')) return false;
        total += originalSize;
        if (total > MOST_BYTES) throw new Error(`its arrays have more than ${MOST_BYTES} bytes`);
        return true;
      },
    });
  } catch (error) {
    throw new MnistError(`${file} cannot be unzipped: ${reasonOf(error)}.`, {file, cause: error});
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => {
      const array = name.replace(/\.npy$/, '');
      return [array, parseNpy(content, `${file}, ${array}`)];
    }),
  );
}

/**
 * The sets in arrays of images and labels, like x_train, y_train, x_test and y_test: which is which is told by the shapes, and
 * training and test by the names.
 *
 * @throws MnistError that lists the arrays where they are something else.
 */
export function setsOfArrays(arrays: Arrays, file: string): LabelledSets {
  const images: Partial<Record<SetName | 'unnamed', Uint8Array>> = {};
  const labels: Partial<Record<SetName | 'unnamed', Uint8Array>> = {};
  for (const [name, {shape, values}] of Object.entries(arrays)) {
    const set = setOf(name) ?? 'unnamed';
    if (set === 'validation') continue;
    const one = shape.slice(1).reduce((a, b) => a * b, 1);
    const where = `${file}, ${name}`;
    if (one === PIXELS) images[set] = toPixels(values, where);
    else if (shape.length > 0 && one === 1) labels[set] = toLabels(values, where);
    else if (one === 10) labels[set] = toLabels(fromOneHot(values), where);
  }
  const sets: LabelledSets = {};
  for (const set of ['train', 'test', 'unnamed'] as const) {
    const split = pair(images[set], labels[set], file);
    if (split) sets[set] = split;
  }
  if (Object.keys(sets).length > 0) return sets;
  const found = Object.entries(arrays).map(([name, {shape}]) => `${name} [${shape.join(', ')}]`);
  throw new MnistError(
    `${file}: expected arrays like x_train [n, 28, 28], y_train [n], x_test and y_test, found ${found.join(', ') || 'none'}.`,
    {file},
  );
}

function pair(images: Uint8Array | undefined, labels: Uint8Array | undefined, file: string): MnistSplit | undefined {
  return images && labels ? paired(images, labels, file) : undefined;
}

function fromOneHot(values: ArrayLike<number>): number[] {
  const rows = Array.from({length: values.length / 10}, (_, i) =>
    Array.from({length: 10}, (_value, k) => values[10 * i + k]),
  );
  return rows.map((row) => row.indexOf(Math.max(...row)));
}

export {parseNpy} from './npy.js';
