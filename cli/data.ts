import {builtInDigits, type LoadOptions, loadMnist, type MnistData, MnistError} from 'mnist-wasm/mnist';
import {RunError} from './errors';
import type {DataOptions} from './options';

/**
 * The data that the command line asks for.
 *
 * @throws RunError when it cannot be had.
 */
export async function loadData(options: DataOptions, onProgress: LoadOptions['onProgress']): Promise<MnistData> {
  return load({...loadOptions(options), onProgress}, options.data);
}

/** The same without training images: none are read, and none need be there. */
export async function loadTestData(options: DataOptions, onProgress: LoadOptions['onProgress']): Promise<MnistData> {
  return load({...loadOptions(options), testOnly: true, onProgress}, options.data);
}

async function load(options: LoadOptions, source?: string): Promise<MnistData> {
  if (source === 'digits') return builtInDigits(options);
  try {
    return await loadMnist(options);
  } catch (error) {
    if (error instanceof MnistError) throw new RunError(error.message, {cause: error});
    throw error;
  }
}

/** What `--data`, `--train-size` and `--test-size` mean to `loadMnist`. */
export function loadOptions({data = 'auto', trainSize, testSize}: DataOptions): LoadOptions {
  const sizes = {trainSize, testSize};
  if (data === 'auto' || data === 'digits') return sizes;
  if (data === 'download') return {...sizes, download: true};
  return {...sizes, folder: data};
}
