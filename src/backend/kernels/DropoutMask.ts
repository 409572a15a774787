import {util} from '@tensorflow/tfjs-core';
import {DROPOUT_MASK, type DropoutMaskAttrs, MIN_RATE, replaceDropout} from '../layers/dropout.js';
import {seededWords} from './shared/alea.js';
import {checkWholes} from './shared/check.js';
import {defineKernel} from './shared/kernel.js';

/**
 * What tf.dropout multiplies by: floor(randomUniform(shape, 0, 1, 'float32', seed) + keep) / keep, where keep is 1 - rate.
 * No kernel of tfjs's: this backend's Dropout layer runs it, which is looked for whenever tfjs makes the backend the active one.
 */
export const dropoutMask = {
  ...defineKernel<Record<string, never>, DropoutMaskAttrs>(DROPOUT_MASK, ({attrs: {shape, rate, seed}, tensors}) => {
    checkWholes(DROPOUT_MASK, 'shape', shape);
    if (!(rate >= MIN_RATE && rate < 1)) {
      throw new Error(`${DROPOUT_MASK}: rate is ${rate}; expected a number from ${MIN_RATE} to less than 1.`);
    }
    const keep = Math.fround(1 - rate);
    const y = tensors.allocate(shape, 'float32');
    const [s0, s1, s2] = seededWords(String(seed));
    tensors.wasm.dropout_mask_f32(
      tensors.offset(y),
      util.sizeFromShape(shape),
      s0,
      s1,
      s2,
      leastKept(keep),
      Math.fround(1 / keep),
    );
    return y;
  }),
  setupFunc: replaceDropout,
};

/** The least draw, times 2^32, that is kept: that and keep, each rounded to float32, are at least 1. */
function leastKept(keep: number): number {
  let low = 0;
  // Rounded, the largest draw is 1.
  let high = 2 ** 32 - 1;
  while (low < high) {
    const draw = Math.floor((low + high) / 2);
    if (Math.fround(Math.fround(draw / 2 ** 32) + keep) >= 1) high = draw;
    else low = draw + 1;
  }
  return low;
}
