import type {NamedAttrMap} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type {InputSpec, Tolerance} from '../cases/types';
import {int, type RandomCase, type RandomCases, smallShapes, withGradient} from './types';

const length = fc.oneof(
  {weight: 12, arbitrary: int(1, 9)},
  {weight: 2, arbitrary: int(10, 140)},
  {weight: 1, arbitrary: fc.constant(0)},
);
const kinds = fc.constantFrom('mixed' as const, 'broken' as const, 'normal' as const);

const softmax = fc
  .tuple(fc.array(length, {minLength: 1, maxLength: 3}), kinds, fc.boolean())
  .map(([shape, values, counted]) => ({
    inputs: {logits: {shape, values}},
    attrs: {dim: counted ? shape.length - 1 : -1},
  }));

const smallSoftmax = smallShapes.map((shape) => ({inputs: {logits: {shape}}, attrs: {dim: shape.length - 1}}));

const images = fc.tuple(int(0, 3), int(1, 4), int(1, 4), length);
/** Of the last dimensions, of one element, or of any number, each repeating for itself. */
const statistics = (shape: readonly number[]) =>
  fc.oneof(
    fc.constant(shape.slice(-1)).map((last) => [last, last, last, last]),
    fc
      .constantFrom(
        shape,
        shape.map(() => 1),
      )
      .map((all) => [all, all, all, all]),
    fc.array(
      int(1, 9).map((n) => [n]),
      {minLength: 4, maxLength: 4},
    ),
  );

const NEAR_ZERO: Tolerance = {absolute: 1e-5};
/** With a variance of nothing but epsilon, factors of 30 and more. */
const FAR: Tolerance = {absolute: 1e-3};

const variances = fc.constantFrom<Omit<InputSpec, 'shape'>>({values: 'uniform', range: [0.5, 2]}, {values: 'exact'});

const batchNorm = images.chain((shape) =>
  fc
    .tuple(statistics(shape), kinds, variances, fc.boolean(), fc.boolean(), fc.constantFrom(undefined, 0, 1e-3, 0.1))
    .map(([[mean, variance, scale, offset], values, drawn, hasScale, hasOffset, varianceEpsilon]): RandomCase => {
      const inputs: Record<string, InputSpec> = {
        x: {shape, values},
        mean: {shape: mean},
        variance: {shape: variance, ...drawn},
      };
      if (hasScale) inputs.scale = {shape: scale};
      if (hasOffset) inputs.offset = {shape: offset};
      const attrs: NamedAttrMap = varianceEpsilon === undefined ? {} : {varianceEpsilon};
      return {inputs, attrs, tolerance: {relative: 1e-6, ...(drawn.values === 'exact' ? FAR : NEAR_ZERO)}};
    }),
);

/** tfjs's gradient takes images with statistics of their channels, or of every element, and needs a scale. */
const smallBatchNorm = fc
  .tuple(int(1, 2), int(1, 2), int(1, 2), int(1, 3), fc.boolean())
  .map(([batch, height, width, channels, ofChannels]): RandomCase => {
    const shape = [batch, height, width, channels];
    const of = {shape: ofChannels ? [channels] : shape};
    const variance: InputSpec = {...of, values: 'uniform', range: [0.5, 2]};
    const inputs = {x: {shape}, mean: of, variance, scale: of, offset: of};
    return {inputs, attrs: {varianceEpsilon: 1e-3}, tolerance: {relative: 1e-6, ...NEAR_ZERO}};
  });

const rows = fc.oneof(int(0, 9), int(50, 300));
const exact = {values: 'exact'} as const;
/** Not 'mixed': squares overflow. */
const ordinary = fc.constantFrom('broken' as const, 'normal' as const);

/** Statistics of x itself; a variance of 0 makes factors of 30. */
const training = fc.tuple(rows, int(1, 3), length, ordinary).map(
  ([batch, height, channels, values]): RandomCase => ({
    inputs: {x: {shape: [batch, height, channels], values}, scale: {shape: [channels]}, offset: {shape: [channels]}},
    attrs: {varianceEpsilon: 1e-3},
    tolerance: {relative: 1e-6, ...NEAR_ZERO, of: 'output'},
  }),
);
const smallTraining = fc.tuple(int(2, 3), int(1, 2), int(1, 5)).map(
  ([batch, height, channels]): RandomCase => ({
    inputs: {x: {shape: [batch, height, channels]}, scale: {shape: [channels]}, offset: {shape: [channels]}},
    attrs: {varianceEpsilon: 0.1},
    tolerance: {relative: 1e-6, ...NEAR_ZERO},
  }),
);
const sums = fc.tuple(rows, int(1, 3), length).map(
  ([batch, height, channels]): RandomCase => ({
    inputs: {
      dy: {shape: [batch, height, channels], ...exact},
      x: {shape: [batch, height, channels], ...exact},
      mean: {shape: [channels], ...exact},
    },
    tolerance: {relative: 1e-6, of: 'output'},
  }),
);

export const random: RandomCases = {
  BatchNormTraining: withGradient(training, smallTraining),
  BatchNormSums: sums,
  Softmax: withGradient(softmax, smallSoftmax),
  FusedBatchNorm: withGradient(batchNorm, smallBatchNorm),
};
