import type {LayersModel} from '@tensorflow/tfjs-layers';
import {argMax} from '../../../common/statistics';
import {evaluate} from '../../../recipes';
import {PIXELS} from '../../own/digits';
import type {PhotoDigit} from './photo';

/** What the model in use makes of the visitor's own digits. */
export class Own {
  constructor(private readonly model: () => LayersModel | undefined) {}

  /** What each is read as; undefined where there is no model. */
  async read(digits: readonly {pixels: Uint8Array}[]): Promise<number[] | undefined> {
    const model = this.model();
    if (!model || digits.length === 0) return model && [];
    const {probabilities} = await evaluate(model, splitOf(digits));
    const classes = probabilities.length / digits.length;
    return digits.map((_, i) => argMax(probabilities.subarray(i * classes, (i + 1) * classes)));
  }

  /** The digits in a photo, row by row. */
  async photo(photo: Blob): Promise<PhotoDigit[]> {
    // Few visitors take one.
    const {digitsOfPhoto} = await import('./photo');
    return digitsOfPhoto(photo);
  }
}

/** As the images of a data set are. */
function splitOf(digits: readonly {pixels: Uint8Array}[]): {
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
