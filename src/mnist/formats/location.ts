import {readdir, stat} from 'node:fs/promises';
import path from 'node:path';
import {MnistError} from '../error.js';
import {type DataFiles, PARTS, TEST_PARTS} from '../files.js';
import {gunzip} from '../gunzip.js';
import type {ReadData} from '../load.js';
import {readBytes, refuse} from '../read-file.js';
import {readSplit} from '../split.js';
import {findIdx, type IdxPaths, prefixOf, readIdxFiles} from './idx-files.js';
import {type LabelledSets, setOf, toData} from './sets.js';

/** What may come out of a zipped CSV file: 2,000,000 images have less. */
const MOST_CSV_BYTES = 2 ** 31;
/** Where data sets have their files: torchvision's root, Kaggle's and EMNIST's archives. */
const INNER = ['MNIST/raw', 'raw', 'MNIST', 'mnist', 'gzip', 'EMNIST/raw', 'archive', 'data'];

/** Files that hold digits, but are not read here, and what to do. */
const OTHER_FORMATS: readonly [RegExp, string][] = [
  [/\.parquet$/i, 'Parquet: save its images and labels by numpy.savez as x_train, y_train, x_test and y_test'],
  [/\.(pkl|pickle)(\.gz)?$/i, 'a pickle of Python, which may run anything: save its arrays by numpy.savez'],
  [/\.mat$/i, "MATLAB's: read it by scipy.io.loadmat and save its arrays by numpy.savez"],
  [/\.pth?$/i, "PyTorch's: give the folder MNIST/raw, which torchvision has beside it"],
  [/\.(arrow|feather)$/i, 'Arrow: save its images and labels by numpy.savez as x_train, y_train, x_test and y_test'],
  [/\.(h5|hdf5)$/i, 'HDF5: where it holds data, read it by h5py and save it by numpy.savez'],
  [/\.xlsx?$/i, 'a spreadsheet: save it as CSV'],
  [/\.(json|jsonl|ndjson)$/i, 'JSON: save its images and labels by numpy.savez, or as CSV'],
  [/\.keras$/i, 'a model: evaluate and predict take it as their first argument'],
  [/\.(png|jpe?g)$/i, 'one picture: data is many, in a folder for each digit'],
  [/\.arff(\.gz)?$/i, 'ARFF: take the CSV of the same data set'],
  [/\.tfrecord/i, "TensorFlow's records: save the arrays of tfds.as_numpy by numpy.savez"],
  [/\.(zip|tar|tgz|tbz2?|txz|tar\.\w+|7z|rar)$/i, 'an archive: unpack it first, and give the folder'],
  [/\.(gz|bz2|xz|zst)$/i, 'compressed: unpack it first'],
];

/**
 * The images of a folder or a file.
 *
 * @param files how MNIST's own are named.
 * @throws MnistError where it cannot be read, or is nothing that is known: it says what was found and what was expected.
 */
export async function readLocation(location: string, files: DataFiles, testOnly: boolean): Promise<ReadData> {
  const stats = await stat(location).catch(refuse('read the MNIST folder', location));
  if (stats.isDirectory()) {
    const data = await readInside(location, files, testOnly);
    if (data !== undefined) return data;
    throw await unknownFolder(location);
  }
  const prefix = prefixOf(location);
  if (prefix !== undefined) {
    const folder = path.dirname(location);
    const paths = await findIdx(folder, files, testOnly, prefix);
    if (paths) return readIdx(paths, folder, testOnly);
  }
  return readFileOf(location, testOnly);
}

/** undefined where nothing in the folder is known. */
async function readInside(folder: string, files: DataFiles, testOnly: boolean): Promise<ReadData | undefined> {
  const direct = await readFolder(folder, files, testOnly);
  if (direct !== undefined) return direct;
  for (const inner of INNER) {
    const candidate = path.join(folder, inner);
    const stats = await stat(candidate).catch(() => undefined);
    const data = stats?.isDirectory() ? await readFolder(candidate, files, testOnly) : undefined;
    if (data !== undefined) return data;
  }
  const {readPictures} = await import('./pictures.js');
  const pictures = await readPictures(folder);
  if (pictures === undefined) return undefined;
  const title = [`images in ${folder}`, ...pictures.notes].join(', ');
  return toData(pictures.sets, folder, title, testOnly);
}

/** By the files of a folder, not of those inside. */
async function readFolder(folder: string, files: DataFiles, testOnly: boolean): Promise<ReadData | undefined> {
  const names = (await readdir(folder).catch(refuse('read the MNIST folder', folder))).sort();
  const idx = await findIdx(folder, files, testOnly);
  if (idx !== undefined) return readIdx(idx, folder, testOnly);
  const zipped = names.filter((name) => /\.npz$/i.test(name));
  if (zipped.length > 1) {
    throw new MnistError(`${folder} has ${zipped.join(', ')}: name one of them.`, {file: folder});
  }
  if (zipped.length === 1) return readFileOf(path.join(folder, zipped[0]), testOnly);
  const arrays = names.filter((name) => /\.npy$/i.test(name));
  if (arrays.length > 0) return readArrays(arrays, folder, testOnly);
  const tables = names.filter((name) => /\.csv(\.gz)?$/i.test(name));
  return tables.length > 0 ? readTables(tables, folder, testOnly) : undefined;
}

async function readIdx(paths: IdxPaths, folder: string, testOnly: boolean): Promise<ReadData> {
  const {trainImages, trainLabels, testImages, testLabels} = await readIdxFiles(paths, testOnly ? TEST_PARTS : PARTS);
  const train = trainImages && trainLabels ? readSplit(trainImages, trainLabels) : undefined;
  return toData({train, test: readSplit(testImages, testLabels)}, folder, `MNIST files in ${folder}`, testOnly);
}

async function readFileOf(file: string, testOnly: boolean): Promise<ReadData> {
  if (/\.npz$/i.test(file)) {
    const {parseNpz, setsOfArrays} = await import('./numpy.js');
    const sets = setsOfArrays(parseNpz(await read(file), file), file, testOnly);
    return toData(sets, file, `arrays of ${file}`, testOnly);
  }
  if (/\.csv(\.gz)?$/i.test(file)) return readTables([path.basename(file)], path.dirname(file), testOnly);
  if (/\.npy$/i.test(file)) {
    throw new MnistError(`${file} is one array: give the folder that has images and labels.`, {file});
  }
  const other = OTHER_FORMATS.find(([pattern]) => pattern.test(file));
  throw new MnistError(
    `${file} is not read here${other ? ` (it is ${other[1]})` : ''}. Expected an .npz file, CSV, or a folder with the four IDX ` +
      'files, .npy files, or PNGs in folders named 0 to 9.',
    {file},
  );
}

function read(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return readBytes(file).catch(refuse('read', file));
}

async function readArrays(names: string[], folder: string, testOnly: boolean): Promise<ReadData> {
  const {parseNpy, setsOfArrays} = await import('./numpy.js');
  const arrays: Parameters<typeof setsOfArrays>[0] = {};
  for (const name of names) {
    const file = path.join(folder, name);
    arrays[name.replace(/\.npy$/i, '')] = parseNpy(await read(file), file);
  }
  return toData(setsOfArrays(arrays, folder, testOnly), folder, `arrays in ${folder}`, testOnly);
}

/** Of Kaggle's two files one has no labels, and is of no use. */
async function readTables(names: string[], folder: string, testOnly: boolean): Promise<ReadData> {
  const {parseCsv} = await import('./csv.js');
  const sets: LabelledSets = {};
  const used: string[] = [];
  for (const name of names) {
    const set = names.length === 1 ? 'unnamed' : setOf(name);
    // Beside training and test there may be other tables, as an example of what to hand in.
    if (set === undefined || set === 'validation') continue;
    const file = path.join(folder, name);
    const split = parseCsv(await gunzip(await read(file), file, MOST_CSV_BYTES), file);
    if (split === undefined) continue;
    if (sets[set] !== undefined)
      throw new MnistError(`${folder} has ${names.join(', ')}: name one of them.`, {file: folder});
    sets[set] = split;
    used.push(file);
  }
  if (used.length === 0) {
    throw new MnistError(`${folder}: ${names.join(', ')} have no labels: expected CSV with a column of labels.`, {
      file: folder,
    });
  }
  return toData(sets, folder, `CSV of ${used.join(' and ')}`, testOnly);
}

async function unknownFolder(folder: string): Promise<MnistError> {
  const names = (await readdir(folder)).sort();
  const other = names.flatMap((name) =>
    OTHER_FORMATS.filter(([pattern]) => pattern.test(name)).map(([, what]) => [name, what]),
  )[0];
  const found =
    names.length === 0 ? 'it is empty' : `it has ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' ...' : ''}`;
  const hint = other ? ` ${other[0]} is ${other[1]}.` : '';
  return new MnistError(
    `The MNIST folder ${folder} is incomplete: ${found}.${hint} Expected the four IDX files (train-images-idx3-ubyte and so on, ` +
      'plain or .gz), mnist.npz, CSV with labels, or PNGs in folders named 0 to 9.',
    {file: folder},
  );
}
