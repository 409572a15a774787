import {strFromU8, unzipSync} from 'fflate/browser';
import {reasonOf} from '../shared/reason.js';
import {KerasError} from './error.js';
import {type JsonObject, parseObject} from './json.js';

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
 * @throws KerasError where the zip is damaged, or is another kind of zip.
 */
export function readArchive(bytes: Uint8Array): Archive {
  const names: string[] = [];
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, {
      filter: ({name}) => {
        names.push(name);
        return name === CONFIG || name === METADATA || name === WEIGHTS;
      },
    });
  } catch (error) {
    throw new KerasError(`The .keras file is truncated or damaged: ${reasonOf(error)}.`, {cause: error});
  }
  if (!files[CONFIG] || !files[WEIGHTS]) {
    throw new KerasError(`Not a Keras file: expected a zip with ${CONFIG} and ${WEIGHTS}, got ${look(names)}.`);
  }
  const metadata = files[METADATA] ? parseObject(strFromU8(files[METADATA]), METADATA) : {};
  return {
    config: parseObject(strFromU8(files[CONFIG]), CONFIG),
    version: typeof metadata.keras_version === 'string' ? metadata.keras_version : '3',
    weights: files[WEIGHTS],
  };
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
