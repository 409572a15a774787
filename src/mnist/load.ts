import {assertBooleans, assertFunctions, assertGiven, assertOptions} from '../shared/given.js';
import {checkInteger} from './check.js';
import {DIGITS_TEST_START, drawDigits} from './digits/draw.js';
import {download} from './download.js';
import {MnistError} from './error.js';
import {type DataFiles, mismatch, PARTS, type Part, TEST_PARTS} from './files.js';
import {MAX_SIZE} from './idx.js';
import {firstOf, type NamedBytes, readSplit} from './split.js';
import type {LoadOptions, MnistData, MnistSplit} from './types.js';

/** Built-in digits by default: as many as a LeNet learns well from in seconds. */
const DIGITS_TRAIN_SIZE = 20_000;
const DIGITS_TEST_SIZE = 4_000;

/** Where a platform has files. */
export interface Storage {
  /** Browsers have none. */
  folders?: Folders;
  /** @returns undefined where the platform can keep nothing. */
  openCache(name?: string): Promise<Cache | undefined>;
}

interface Folders {
  /** The folder that the environment names, if it does. */
  defaultFolder(): string | undefined;
  /** What a folder or file has; throws an MnistError that says what is missing or not understood. */
  read(location: string, files: DataFiles, testOnly: boolean): Promise<ReadData>;
}

/** What a folder or a file has. */
export interface ReadData {
  /** Undefined where only the test images were asked for. */
  train?: MnistSplit;
  test: MnistSplit;
  /** Begins the description. */
  title: string;
}

/** Plain, whole files, kept from one run to the next. */
export interface Cache {
  /** Where a file is, or would be, for people. */
  pathOf(name: string): string;
  /** undefined where the file is not there. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Whole or not at all, however the process ends. */
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

export interface Environment {
  files: DataFiles;
  mirrors: readonly string[];
  /** Milliseconds that a silent mirror is given. */
  patience: number;
  storage?: Storage;
}

/** The files of a data set, unzipped; those of the training images only where these are asked for. */
export type Found = Pick<Record<Part, NamedBytes>, 'testImages' | 'testLabels'> & Partial<Record<Part, NamedBytes>>;

const EMPTY: MnistSplit = {images: new Uint8Array(0), labels: new Uint8Array(0), size: 0};

/** Loads from the folder that is named, else the cache or the network, else the built-in digits. */
export async function load(options: LoadOptions, environment: Environment): Promise<MnistData> {
  check(options);
  const {storage, files} = environment;
  const folders = storage?.folders;
  const folder = options.folder ?? folders?.defaultFolder();
  if (folder !== undefined) {
    if (folders === undefined) {
      throw new MnistError('folder: a browser has no folders; use `download: true` or mnistFromFiles.');
    }
    const reading = folders.read(folder, files, options.testOnly ?? false);
    const {train = EMPTY, test, title} = await (options.folder === undefined ? reading.catch(nameVariable) : reading);
    return sized({train, test, source: 'folder', title}, options);
  }
  const cache = await storage?.openCache(options.cacheFolder);
  if (options.download) {
    const {found, fetched} = await collect(cache, options, environment);
    return dataSet(found, fetched ? 'download' : 'cache', 'MNIST', options);
  }
  const cached = cache && (await readCache(cache, files, partsOf(options)));
  return cached === undefined ? builtInDigits(options) : dataSet(cached, 'cache', 'MNIST', options);
}

/** What nobody has named in this call is looked for elsewhere. */
function nameVariable(error: unknown): never {
  if (!(error instanceof MnistError)) throw error;
  const {message, file, offset} = error;
  throw new MnistError(`${message} The environment variable MNIST_DIR names it.`, {file, offset, cause: error});
}

function check(options: LoadOptions): void {
  assertOptions(options);
  assertBooleans(options, ['testOnly', 'download']);
  assertFunctions(options, ['onProgress']);
  const {folder, cacheFolder, mirrors, seed, trainSize, testSize} = options;
  for (const [name, value] of Object.entries({folder, cacheFolder})) {
    assertGiven(value === undefined || typeof value === 'string', name, 'the path of a folder', value);
  }
  assertGiven(mirrors === undefined || Array.isArray(mirrors), 'mirrors', 'an array of addresses', mirrors);
  if (folder === '') throw new RangeError('folder: an empty string names no folder.');
  if (cacheFolder === '') throw new RangeError('cacheFolder: an empty string names no folder.');
  if (mirrors !== undefined && !(mirrors.length > 0 && mirrors.every((mirror) => /^https?:\/\//.test(mirror)))) {
    throw new RangeError(
      `mirrors: expected addresses that begin with http:// or https://, got [${mirrors.join(', ')}].`,
    );
  }
  if (seed !== undefined) checkInteger('seed', seed, 0, 0xffffffff);
  if (trainSize !== undefined) checkInteger('trainSize', trainSize, 1, MAX_SIZE);
  if (testSize !== undefined) checkInteger('testSize', testSize, 1, MAX_SIZE);
}

/** The parts that are asked for. */
function partsOf({testOnly}: LoadOptions): readonly Part[] {
  return testOnly ? TEST_PARTS : PARTS;
}

/** The cached files of these parts, or undefined where not all are there. */
async function readCache(cache: Cache, files: DataFiles, parts: readonly Part[]): Promise<Found | undefined> {
  const found: Partial<Found> = {};
  for (const part of parts) {
    const {name} = files[part];
    const bytes = await cache.read(name);
    if (bytes === undefined) return undefined;
    const wrong = await mismatch(files[part], bytes);
    if (wrong !== undefined) {
      // Not replaced by digits: whoever has a cache means to train on MNIST.
      throw new MnistError(
        `${cache.pathOf(name)} is damaged: ${wrong}. Delete it, or fetch it again with \`download: true\`.`,
        {file: cache.pathOf(name)},
      );
    }
    found[part] = {file: cache.pathOf(name), bytes};
  }
  return found as Found;
}

/** The files that are asked for, each from the cache where it is whole there, else downloaded and cached. */
async function collect(
  cache: Cache | undefined,
  options: LoadOptions,
  environment: Environment,
): Promise<{found: Found; fetched: boolean}> {
  const found: Partial<Found> = {};
  const {mirrors, onProgress} = options;
  let fetched = false;
  for (const part of partsOf(options)) {
    const file = environment.files[part];
    let bytes = await cache?.read(file.name);
    if (bytes === undefined || (await mismatch(file, bytes)) !== undefined) {
      const {patience} = environment;
      bytes = await download(file, {mirrors: mirrors ?? environment.mirrors, patience, onProgress});
      await cache?.write(file.name, bytes);
      fetched = true;
    }
    found[part] = {file: cache?.pathOf(file.name) ?? file.name, bytes};
  }
  return {found: found as Found, fetched};
}

/** Reads what was found; the title begins the description. */
export function dataSet(
  found: Found,
  source: MnistData['source'],
  title: string,
  options: Pick<LoadOptions, 'trainSize' | 'testSize'>,
): MnistData {
  const {trainImages, trainLabels, testImages, testLabels} = found;
  const train = trainImages && trainLabels ? readSplit(trainImages, trainLabels) : EMPTY;
  return sized({train, test: readSplit(testImages, testLabels), source, title}, options);
}

/** As many images as are asked for. */
function sized(
  data: Pick<MnistData, 'train' | 'test' | 'source'> & {title: string},
  {trainSize, testSize}: Pick<LoadOptions, 'trainSize' | 'testSize'>,
): MnistData {
  const train = data.train === EMPTY ? EMPTY : firstOf(data.train, trainSize, 'trainSize');
  const test = firstOf(data.test, testSize, 'testSize');
  return {train, test, source: data.source, description: `${data.title} (${sizes(train, test)})`};
}

/** The built-in synthetic digits as a data set: what loadMnist falls back to. */
export function builtInDigits(
  options: Pick<LoadOptions, 'seed' | 'trainSize' | 'testSize' | 'testOnly'> = {},
): MnistData {
  assertOptions(options);
  assertBooleans(options, ['testOnly']);
  const {seed = 0, trainSize = DIGITS_TRAIN_SIZE, testSize = DIGITS_TEST_SIZE, testOnly = false} = options;
  const train = testOnly ? EMPTY : drawDigits({count: trainSize, seed});
  const test = drawDigits({count: testSize, seed, start: DIGITS_TEST_START});
  return {
    train,
    test,
    source: 'digits',
    description: `built-in synthetic digits, not MNIST, seed ${seed} (${sizes(train, test)})`,
  };
}

function sizes(train: MnistSplit, test: MnistSplit): string {
  const [training, tests] = [train, test].map(({size}) => size.toLocaleString('en-US'));
  return train.size === 0 ? `${tests} test images` : `${training} training and ${tests} test images`;
}
