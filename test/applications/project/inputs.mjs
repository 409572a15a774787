/** What the applications are given: pictures that ship in the packages, and a sound that is made here. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import jpeg from 'jpeg-js';

export const PACKAGES = path.join(import.meta.dirname, 'node_modules');
const SAMPLE_RATE = 22_050;

/** @returns {tf.Tensor3D} a JPEG file of a package as int32, [height, width, 3]; the caller disposes it */
export function picture(tf, file) {
  const {data, width, height} = jpeg.decode(readFileSync(path.join(PACKAGES, file)), {useTArray: true});
  const pixels = Int32Array.from({length: width * height * 3}, (_, i) => data[4 * Math.floor(i / 3) + (i % 3)]);
  return tf.tensor3d(pixels, [height, width, 3], 'int32');
}

/** @returns {tf.Tensor3D} the middle of a picture, in `size` pixels square; the caller disposes it */
export function pictureOf(tf, file, size) {
  return tf.tidy(() => {
    const whole = picture(tf, file);
    const [height, width] = whole.shape;
    const side = Math.min(height, width);
    const square = whole.slice([(height - side) >> 1, (width - side) >> 1, 0], [side, side, 3]);
    return tf.image.resizeBilinear(square, [size, size]).round().toInt();
  });
}

/** @returns {Float32Array} notes one after another, half a second each, of four harmonics that fade */
export function melody(midiNotes) {
  const samples = SAMPLE_RATE / 2;
  return Float32Array.from({length: midiNotes.length * samples}, (_, i) => {
    const seconds = (i % samples) / SAMPLE_RATE;
    const frequency = 440 * 2 ** ((midiNotes[Math.floor(i / samples)] - 69) / 12);
    const harmonics = [1, 2, 3, 4].map((n) => Math.sin(2 * Math.PI * n * frequency * seconds) / n);
    return 0.3 * Math.exp(-4 * seconds) * harmonics.reduce((a, b) => a + b);
  });
}
