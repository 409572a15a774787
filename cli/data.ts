import {builtInDigits, type LoadOptions, loadMnist, type MnistData, MnistError} from 'mnist-wasm/mnist';
import {RunError} from './errors';
import type {DataOptions} from './options';

/**
 * The data that the command line asks for.
 *
 * @throws RunError when it cannot be had.
 */
export async function loadData(options: DataOptions, onProgress: LoadOptions['onProgress']): Promise<MnistData> {
  if (options.data === 'digits') {
    const {trainSize, testSize} = options;
    return builtInDigits({trainSize, testSize});
  }
  try {
    return await loadMnist({...loadOptions(options), onProgress});
  } catch (error) {
    if (error instanceof MnistError) throw new RunError(error.message, {cause: error});
    throw error;
  }
}

/** What `--data`, `--train-size` and `--test-size` mean to `loadMnist`. */
export function loadOptions({data = 'auto', trainSize, testSize}: DataOptions): LoadOptions {
  const sizes = {trainSize, testSize};
  if (data === 'auto') return sizes;
  if (data === 'download') return {...sizes, download: true};
  return {...sizes, folder: data};
}
