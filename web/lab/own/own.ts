import type {LayersModel} from '@tensorflow/tfjs-layers';
import {argMax} from '../../../common/statistics';
import {evaluate} from '../../../recipes';
import type {PhotoDigit} from './photo';
import {splitOf} from './split';

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
    const {digitsOfPhoto} = await import('./photo');
    return digitsOfPhoto(photo);
  }
}
