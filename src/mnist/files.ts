import {sha256Hex} from './checksum.js';

/** One file of the data set, as it must be once unzipped. */
export interface DataFile {
  name: string;
  bytes: number;
  /** SHA-256 of the unzipped bytes; the zip envelopes differ from mirror to mirror. */
  sha256: string;
}

/** The four files of a data set. */
export interface DataFiles {
  trainImages: DataFile;
  trainLabels: DataFile;
  testImages: DataFile;
  testLabels: DataFile;
}

export type Part = keyof DataFiles;

export const PARTS: readonly Part[] = ['trainImages', 'trainLabels', 'testImages', 'testLabels'];

export const TEST_PARTS = ['testImages', 'testLabels'] as const satisfies readonly Part[];

/** MNIST (Y. LeCun, C. Cortes, C. J. C. Burges): 60,000 and 10,000 images. */
export const MNIST_FILES: DataFiles = {
  trainImages: {
    name: 'train-images-idx3-ubyte',
    bytes: 47_040_016,
    sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  },
  trainLabels: {
    name: 'train-labels-idx1-ubyte',
    bytes: 60_008,
    sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  },
  testImages: {
    name: 't10k-images-idx3-ubyte',
    bytes: 7_840_016,
    sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  },
  testLabels: {
    name: 't10k-labels-idx1-ubyte',
    bytes: 10_008,
    sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  },
};

/** Public mirrors: the Common Visual Data Foundation's, and PyTorch's. */
export const MIRRORS: readonly string[] = [
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
];

/** The names under which a file is found in a folder, in the order of preference. */
export function namesOf({name}: DataFile): string[] {
  const dotted = name.replace(/-(idx\d-ubyte)$/, '.$1');
  return [name, `${name}.gz`, dotted, `${dotted}.gz`];
}

/** What is wrong with a file's unzipped bytes, or undefined where they are the data set's own. */
export async function mismatch(file: DataFile, bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (bytes.length !== file.bytes) return `${bytes.length} unzipped bytes instead of ${file.bytes}`;
  const found = await sha256Hex(bytes);
  return found === file.sha256 ? undefined : `SHA-256 ${found} instead of ${file.sha256}`;
}
