import {PIXELS} from '../../own/digits';

/** As the images of a data set are. */
export function splitOf(digits: readonly {pixels: Uint8Array}[]): {
  images: Uint8Array;
  labels: Uint8Array;
  size: number;
} {
  const images = new Uint8Array(digits.length * PIXELS);
  digits.forEach(({pixels}, i) => {
    images.set(pixels, i * PIXELS);
  });
  return {images, labels: new Uint8Array(digits.length), size: digits.length};
}
