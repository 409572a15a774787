/** What all programs of the cold start have in common: the image, the model's file, and the answer. */
import {readFileSync, writeSync} from 'node:fs';

/** Beside the programs, or beside the bundle. */
const read = (name) => readFileSync(new URL(name, import.meta.url));

/** The values of one image. */
export function readImage() {
  const {buffer, byteOffset, byteLength} = read('image.bin');
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

/** What tfjs-layers loads. */
export function readArtifacts() {
  const {buffer, byteOffset, byteLength} = read('weights.bin');
  return {...JSON.parse(read('model.json')), weightData: buffer.slice(byteOffset, byteOffset + byteLength)};
}

export function readOnnx() {
  return read('model.onnx');
}

/**
 * Tells the parent, which takes the time then, the label; and ends the process.
 *
 * @param {Record<string, number>} [phases] are told too
 */
export function finish(probabilities = [], phases = {}) {
  const label = probabilities.indexOf(Math.max(...probabilities));
  writeSync(1, `${JSON.stringify({label, phases})}\n`);
  process.exit();
}
