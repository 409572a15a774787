import type {DataType} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type {InputSpec, Tolerance} from '../cases/types';
import {EXACT, OF_OUTPUT, type RandomCase, type RandomCases, withGradient} from './types';
import {hasOutput, pooled, roundedWindows, smallWindows, square, type Window, windows} from './windows';

/** One number for both dimensions where they are equal, or two: tfjs takes either. */
const pairOf = ([height, width]: [number, number]) => (height === width ? height : [height, width]);

const attrsOf = ({filter, strides, pad, dimRoundingMode}: Window) => ({
  filterSize: pairOf(filter),
  strides: pairOf(strides),
  pad,
  ...(dimRoundingMode && {dimRoundingMode}),
});

/** Ties and NaN, and every kind of value; sums of the first two are the same in any order. */
const values = fc.constantFrom('exact' as const, 'broken' as const, 'mixed' as const);
const sums = fc.constantFrom('exact' as const, 'broken' as const, 'normal' as const);
const dtypes = fc.constantFrom<DataType>('float32', 'float32', 'int32');

/** Most of those that have loops of their own: squares of 2 and 3. */
const common = (windows: fc.Arbitrary<Window>) =>
  fc
    .tuple(windows, fc.constantFrom(0, 2, 2, 3), fc.boolean())
    .map(([w, size, halves]) => ({...w, ...(size && {filter: square(size)}), ...(halves && {strides: square(2)})}))
    .filter(hasOutput);
const poolWindows = common(windows);
const roundedPoolWindows = common(roundedWindows);

/** Of means and sums of some values, all of which may be near 0. */
const OF_MEANS: Tolerance = {...OF_OUTPUT, absolute: 1e-6};

const maxPool = fc.tuple(roundedPoolWindows, values, dtypes).map(
  ([w, values, dtype]): RandomCase => ({
    inputs: {x: {shape: w.x, dtype, values: dtype === 'int32' ? 'mixed' : values}},
    attrs: attrsOf(w),
    tolerance: EXACT,
  }),
);

const avgPool = fc.tuple(roundedPoolWindows, sums).map(
  ([w, values]): RandomCase => ({
    inputs: {x: {shape: w.x, values}},
    attrs: attrsOf(w),
    tolerance: values === 'normal' ? OF_MEANS : EXACT,
  }),
);

/** tf.maxPoolWithArgmax has no dimRoundingMode, and neither have the gradients. */
const maxPoolWithArgmax = fc.tuple(poolWindows, values, fc.boolean()).map(
  ([w, values, includeBatchInIndex]): RandomCase => ({
    inputs: {x: {shape: w.x, values}},
    attrs: {...attrsOf(w), includeBatchInIndex},
    tolerance: EXACT,
  }),
);

const maxPoolGrad = fc.tuple(poolWindows, values).map(([w, values]): RandomCase => {
  const dy: InputSpec = {shape: pooled(w), values: 'exact'};
  return {inputs: {dy, input: {shape: w.x, values}, output: dy}, attrs: attrsOf(w), tolerance: EXACT};
});

const avgPoolGrad = poolWindows.map(
  (w): RandomCase => ({inputs: {dy: {shape: pooled(w)}, input: {shape: w.x}}, attrs: attrsOf(w), tolerance: OF_MEANS}),
);

const smooth = (w: Window): RandomCase => ({
  inputs: {x: {shape: w.x, values: 'distinct'}},
  attrs: attrsOf(w),
  tolerance: OF_OUTPUT,
});

/** 2D pooling. */
export const random: RandomCases = {
  // A window of nothing but padding is -Infinity, of which there are no differences.
  MaxPool: withGradient(maxPool, smallWindows.filter(({pad}) => typeof pad === 'string').map(smooth)),
  // The mean of a window of nothing but padding is NaN.
  AvgPool: withGradient(avgPool, smallWindows.filter(({pad}) => typeof pad === 'string').map(smooth)),
  MaxPoolWithArgmax: maxPoolWithArgmax,
  MaxPoolGrad: maxPoolGrad,
  AvgPoolGrad: avgPoolGrad,
};
