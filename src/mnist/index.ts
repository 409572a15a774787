/**
 * MNIST as a data set, in Node and in browsers, and synthetic digits where it is not at hand.
 *
 * @module mnist
 */
import {MIRRORS, MNIST_FILES} from './files.js';
import {load} from './load.js';
import {nodeStorage} from './storage.js';
import type {LoadOptions, MnistData} from './types.js';

export * from './common.js';

/**
 * MNIST, from where it can be had: the folder named by `folder` or MNIST_DIR; else the cache, once a run with
 * `download: true` has filled it; else built-in synthetic digits, which need no file and no network.
 *
 * A folder that is named is used or it is an error; digits never stand in for it.
 *
 * @throws MnistError where files are missing, damaged or cannot be fetched: it says which, where, and what to do.
 * @throws RangeError where an option is out of range.
 */
export async function loadMnist(options: LoadOptions = {}): Promise<MnistData> {
  return load(options, {files: MNIST_FILES, mirrors: MIRRORS, patience: 30_000, storage: nodeStorage});
}
