import {browserStorage} from './browser-storage.js';
import {MIRRORS, MNIST_FILES} from './files.js';
import {load} from './load.js';
import type {LoadOptions, MnistData} from './types.js';

export * from './common.js';

/**
 * MNIST in a browser or a worker: downloaded with `download: true` and kept in Cache Storage, from where later calls take
 * it; else built-in synthetic digits, which need no network.
 *
 * A page can fetch only from mirrors that allow it by CORS; name one of your own in `mirrors` where the public ones do
 * not. Cache Storage is there in secure contexts (https, localhost); elsewhere, and where it is full, the data is not
 * kept and downloaded again next time.
 *
 * @throws MnistError where files cannot be fetched or are damaged, or a folder is named, which only Node can read.
 * @throws RangeError where an option is out of range.
 */
export async function loadMnist(options: LoadOptions = {}): Promise<MnistData> {
  return load(options, {files: MNIST_FILES, mirrors: MIRRORS, patience: 30_000, storage: browserStorage});
}
