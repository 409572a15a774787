import {image, tensor4d, tidy} from '@tensorflow/tfjs-core';
import type {ImageInput} from './image-input';

const SIDE = 28;

/** How 28x28 pixels become an image of another side: on paper of its size (or cut out of the middle), or resized. */
export type Fit = 'same' | 'padded' | 'resized';

/** The ways to fit, the likelier first. */
export function fitsOf({side}: ImageInput): Fit[] {
  if (side === SIDE) return ['same'];
  // Of 32x32, as LeNet-5 wants, most leave the digit as it is; of 64x64 nobody does.
  if (side > SIDE && side <= 40) return ['padded', 'resized'];
  return side >= 20 && side < SIDE ? ['resized', 'padded'] : ['resized'];
}

export function fitTitle(fit: Fit, {side}: ImageInput): string {
  if (fit === 'resized') return `resized to ${side}x${side}`;
  return side > SIDE ? `on paper of ${side}x${side}` : `the ${side}x${side} pixels in the middle`;
}

/**
 * Images of another side.
 * @param pixels [n, 28, 28], 0 background to 255 ink.
 * @returns [n, side, side]; bilinear where they are resized, as Keras's and OpenCV's resizing is by default.
 */
export async function fitPixels(pixels: Uint8Array, {side}: ImageInput, fit: Fit): Promise<Uint8Array> {
  if (fit === 'same') return pixels;
  return fit === 'padded' ? placed(pixels, side) : resized(pixels, side);
}

function placed(pixels: Uint8Array, side: number): Uint8Array {
  const count = pixels.length / (SIDE * SIDE);
  const result = new Uint8Array(count * side * side);
  const margin = Math.floor((side - SIDE) / 2);
  const [first, last] = [Math.max(0, margin), Math.min(side, SIDE + margin)];
  for (let n = 0; n < count; n++) {
    for (let y = first; y < last; y++) {
      const from = (n * SIDE + y - margin) * SIDE - margin;
      result.set(pixels.subarray(from + first, from + last), (n * side + y) * side + first);
    }
  }
  return result;
}

async function resized(pixels: Uint8Array, side: number): Promise<Uint8Array> {
  const tensor = tidy(() =>
    image.resizeBilinear(
      tensor4d(Float32Array.from(pixels), [pixels.length / (SIDE * SIDE), SIDE, SIDE, 1]),
      [side, side],
      false,
      true,
    ),
  );
  const values = await tensor.data();
  tensor.dispose();
  return Uint8Array.from(values, (value) => Math.round(value));
}
