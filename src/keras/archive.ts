import {strFromU8} from 'fflate/browser';
import {unzipEntry, type ZipEntry, ZipError, zipEntries} from '../shared/zip.js';
import {KerasError} from './error.js';
import {type JsonObject, parseObject} from './json.js';
import {checkLimit} from './limits.js';

const CONFIG = 'config.json';
const METADATA = 'metadata.json';
const WEIGHTS = 'model.weights.h5';

/** What is in a .keras file. */
export interface Archive {
  config: JsonObject;
  /** As metadata.json says, like `3.15.1`. */
  version: string;
  /** An HDF5 file. */
  weights: Uint8Array;
}

/**
 * Unzips a .keras file (https://keras.io/api/models/model_saving_apis/model_saving_and_loading/).
 * @param limit Bytes that all of it may have together, unzipped.
 * @throws KerasError where the zip is damaged, larger than that, or another kind of zip.
 */
export function readArchive(bytes: Uint8Array, limit: number): Archive {
  try {
    return partsOf(bytes, limit);
  } catch (error) {
    if (error instanceof ZipError) throw new KerasError(`The .keras file is ${error.message}.`, {cause: error});
    throw error;
  }
}

function partsOf(bytes: Uint8Array, limit: number): Archive {
  const entries = zipEntries(bytes);
  const [config, metadata, weights] = [CONFIG, METADATA, WEIGHTS].map((name) => only(name, entries));
  if (!config || !weights) {
    const found = look(entries.map(({name}) => name));
    throw new KerasError(`Not a Keras file: expected a zip with ${CONFIG} and ${WEIGHTS}, got ${found}.`);
  }
  const present = [config, weights, ...(metadata ? [metadata] : [])];
  const total = present.reduce((sum, entry) => sum + entry.bytes, 0);
  checkLimit('What is in the .keras file', total, limit);
  const unzip = (entry: ZipEntry) => unzipEntry(bytes, entry);
  const {keras_version: version} = metadata ? parseObject(strFromU8(unzip(metadata)), METADATA) : {};
  return {
    config: parseObject(strFromU8(unzip(config)), CONFIG),
    version: typeof version === 'string' ? version : '3',
    weights: unzip(weights),
  };
}

function only(name: string, entries: readonly ZipEntry[]): ZipEntry | undefined {
  const found = entries.filter((entry) => entry.name === name);
  if (found.length > 1) throw new KerasError(`The .keras file is damaged: it has ${name} ${found.length} times.`);
  return found[0];
}

function look(names: readonly string[]): string {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const some = names.slice(0, 5).join(', ');
  if (names.length === 0) return 'an empty zip';
  if (has(/(^|\/)saved_model\.pb$/)) {
    return 'a zipped SavedModel of TensorFlow: load it there and save it as .keras';
  }
  if (has(/(^|\/)data\.pkl$/)) return 'a model of PyTorch';
  if (has(/(^|\/)model\.weights\.npz$/)) return 'a .keras file with weights as .npz, which is not read here';
  if (has(/(^|\/)model\.weights\.json$/)) return 'a .keras file with weights in shards, which is not read here';
  if (has(/(^|\/)model\.json$/)) return 'a zip with a model.json, as TensorFlow.js writes it';
  if (names.every((name) => name.endsWith('.npy'))) return 'a NumPy .npz file';
  return `one with ${some}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
}
