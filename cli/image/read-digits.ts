import {digitsIn, type FoundDigit} from '../../common/image/writing/digits-in';
import {NoDigitError} from '../../common/image/writing/no-digit';
import {RunError} from '../errors';
import {decodeImage} from './decode';

/**
 * The digits in an image file, row by row, from left to right; at least one.
 *
 * @throws RunError where the bytes are no image that can be read, are damaged or truncated, have too many pixels, or show
 *   nothing.
 */
export async function readDigits(bytes: Uint8Array): Promise<FoundDigit[]> {
  const image = await decodeImage(bytes);
  try {
    return digitsIn(image);
  } catch (error) {
    throw error instanceof NoDigitError ? new RunError(error.message, {cause: error}) : error;
  }
}
