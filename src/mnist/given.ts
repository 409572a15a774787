import {assertGiven, assertOptions, assertText, isBytes, isPlain} from '../shared/given.js';
import {badData, MnistError} from './error.js';
import {MNIST_FILES, PARTS, type Part} from './files.js';
import {gunzipIdx} from './gunzip.js';
import {parseIdx} from './idx.js';
import {dataSet, type Found} from './load.js';
import type {NamedBytes} from './split.js';
import type {GivenFile, LoadOptions, MnistData} from './types.js';

const TITLES: Record<Part, string> = {
  trainImages: 'training images',
  trainLabels: 'training labels',
  testImages: 'test images',
  testLabels: 'test labels',
};

type Kind = 'Images' | 'Labels';

/**
 * A data set out of four files that somebody gave, as a page has them from a file picker or a drop.
 *
 * Images and labels are told apart by their content. What is for training and what for the test is told by the names
 * (`train`, `t10k` or `test` in them), and where those do not tell, by the sizes: the larger file is for training.
 *
 * @throws MnistError where one of the four is missing, there twice, damaged or something else: it says which.
 */
export async function mnistFromFiles(
  files: readonly GivenFile[],
  options: Pick<LoadOptions, 'trainSize' | 'testSize'> = {},
): Promise<MnistData> {
  assertGiven(Array.isArray(files), 'files', 'an array of {name, bytes}', files);
  assertOptions(options);
  const kinds: Record<Kind, NamedBytes[]> = {Images: [], Labels: []};
  for (const file of files) {
    assertGiven(isPlain(file), 'file', '{name, bytes}', file);
    const {name, bytes} = file;
    assertText('name', "a file's name", name);
    assertGiven(isBytes(bytes), name, 'its bytes, a Uint8Array', bytes);
    // A copy, which nobody else changes, and no Buffer, whose slice() means something else.
    const plain = await gunzipIdx(new Uint8Array(bytes), name);
    kinds[kindOf(name, plain)].push({file: name, bytes: plain});
  }
  const found = {...assign('Images', kinds.Images), ...assign('Labels', kinds.Labels)};
  const missing = PARTS.filter((part) => found[part] === undefined);
  if (missing.length > 0) {
    throw new MnistError(
      `Missing: ${missing.map((part) => `the ${TITLES[part]} (${MNIST_FILES[part].name})`).join(', ')}. ` +
        'Expected the four files of MNIST together, plain or .gz.',
    );
  }
  return dataSet(found as Found, 'files', 'the given files', options);
}

function kindOf(name: string, bytes: Uint8Array): Kind {
  const {dims} = parseIdx(bytes, name);
  if (dims.length === 3) return 'Images';
  if (dims.length === 1) return 'Labels';
  throw badData(name, 3, '3 dimensions (images) or 1 (labels)', `${dims.length}`);
}

/** Files of one kind to training and test. */
function assign(kind: Kind, files: NamedBytes[]): Partial<Found> {
  const found: Partial<Found> = {};
  const nameless: NamedBytes[] = [];
  const put = (part: Part, entry: NamedBytes) => {
    const other = found[part];
    if (other) throw new MnistError(`Both ${other.file} and ${entry.file} are ${TITLES[part]}: give one of them.`);
    found[part] = entry;
  };
  for (const entry of files) {
    const set = setByName(entry.file);
    if (set) put(`${set}${kind}`, entry);
    else nameless.push(entry);
  }
  nameless.sort((a, b) => b.bytes.length - a.bytes.length);
  if (nameless.length > 1 && nameless[0].bytes.length === nameless[1].bytes.length) {
    const [a, b] = nameless.map(({file}) => file);
    throw new MnistError(`${a} and ${b} are of one size: which is for training? Name it train-..., the other t10k-...`);
  }
  for (const entry of nameless) {
    const alone = nameless.length === 1 && found[`test${kind}`] === undefined;
    const test =
      found[`train${kind}`] !== undefined || (alone && entry.bytes.length === MNIST_FILES[`test${kind}`].bytes);
    put(`${test ? 'test' : 'train'}${kind}`, entry);
  }
  return found;
}

function setByName(name: string): 'train' | 'test' | undefined {
  if (/train/i.test(name)) return 'train';
  return /t10k|test/i.test(name) ? 'test' : undefined;
}
