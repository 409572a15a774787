import {KerasError} from './error.js';

const HDF5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const ZIP = [0x50, 0x4b];

/**
 * Whether these bytes are HDF5 or a zip, by their first bytes.
 * @throws KerasError where they are neither: it says what they look like.
 */
export function kindOf(bytes: Uint8Array): 'hdf5' | 'zip' {
  if (startsWith(bytes, HDF5)) return 'hdf5';
  if (startsWith(bytes, ZIP)) return 'zip';
  throw new KerasError(
    `Not a Keras file: expected HDF5 (.h5) or a zip (.keras), got ${look(bytes)}. ` +
      "Save the model in Python with model.save('model.keras') or model.save('model.h5').",
  );
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

function look(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  if (startsWith(bytes, [0x1f, 0x8b])) return 'gzip data, which must be unzipped first';
  if (start.startsWith('version https://git-lfs')) return 'the pointer of a Git LFS file, not the file itself';
  if (start.slice(4, 8) === 'TFL3') return 'a TensorFlow Lite model';
  if (/^\s*</.test(start)) return 'a page of HTML or XML: the download went wrong';
  if (/^\s*\{/.test(start)) {
    return /"(modelTopology|weightsManifest)"/.test(start)
      ? "a model.json of TensorFlow.js: load it with tfjs-layers' loadLayersModel"
      : 'JSON text';
  }
  if (start.includes('saved_model') || start.includes('serve')) return 'what may be a saved_model.pb of TensorFlow';
  const hex = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0'));
  return `${bytes.length} bytes that begin with ${hex.join(' ')}`;
}
