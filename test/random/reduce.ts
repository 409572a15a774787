import type {NamedAttrMap} from '@tensorflow/tfjs-core';
import fc, {type Arbitrary} from 'fast-check';
import type {InputTemplate} from '../cases/sweeps';
import type {Tolerance} from '../cases/types';
import {
  anyNumber,
  EXACT,
  family,
  int,
  type RandomCase,
  type RandomCases,
  smallShapes,
  someAxes,
  withGradient,
} from './types';

const length = fc.oneof(
  {weight: 12, arbitrary: int(1, 9)},
  {weight: 2, arbitrary: int(10, 70)},
  {
    weight: 1,
    arbitrary: fc.constant(0),
  },
);
const dimensions = fc.oneof(
  {weight: 8, arbitrary: fc.array(length, {maxLength: 3})},
  {weight: 3, arbitrary: fc.array(int(1, 5), {minLength: 4, maxLength: 6})},
  // Long rows, and many columns.
  {weight: 1, arbitrary: fc.tuple(int(1, 3), int(100, 700)).map(([m, n]) => [m, n])},
  {weight: 1, arbitrary: fc.tuple(int(100, 700), int(1, 3)).map(([m, n]) => [m, n])},
);

interface Draw extends InputTemplate {
  tolerance?: Tolerance;
}

interface Reduction {
  /** How values may be drawn, with the tolerance that goes with them. */
  draws: Arbitrary<Draw>;
  /** Values at which finite differences tell the gradient, where tfjs has one. */
  smooth?: InputTemplate;
}

/** Any axes, named by an array, by a number, or not at all for all of them. */
function attrsOf(kernel: string, rank: number, keepDims: boolean, random: () => number): NamedAttrMap {
  if (random() % 8 === 0) return {keepDims};
  const axes = someAxes(rank, random);
  // The CPU backend multiplies in the order of the axes, which shows in int32 products that leave double.
  if (kernel === 'Prod') axes.sort((a, b) => ((a + rank) % rank) - ((b + rank) % rank));
  const axis = axes.length === 1 && random() % 2 ? axes[0] : axes;
  return kernel === 'Max' ? {reductionIndices: axis, keepDims} : {axis, keepDims};
}

function reduction({draws, smooth}: Reduction, kernel: string): Arbitrary<RandomCase> {
  const cases = fc
    .tuple(dimensions, draws, fc.boolean(), anyNumber)
    .map(([shape, {tolerance = EXACT, ...template}, keepDims, random]): RandomCase => {
      return {inputs: {x: {shape, ...template}}, attrs: attrsOf(kernel, shape.length, keepDims, random), tolerance};
    });
  if (!smooth) return cases;
  const differentiable = fc.tuple(smallShapes, fc.boolean(), anyNumber).map(([shape, keepDims, random]): RandomCase => {
    return {
      inputs: {x: {shape, ...smooth}},
      attrs: attrsOf(kernel, shape.length, keepDims, random),
      tolerance: {relative: 1e-5, absolute: 1e-6},
    };
  });
  return withGradient(cases, differentiable);
}

const drawn = (...draws: Draw[]) => fc.constantFrom(...draws);
const bool: Draw = {dtype: 'bool'};
const int32: Draw = {dtype: 'int32', values: 'mixed'};
/** Sums that do not depend on the order. */
const exact: Draw = {values: 'exact'};
const broken: Draw = {values: 'broken'};
const extremes: Arbitrary<Draw> = drawn({values: 'mixed'}, {values: 'normal'}, exact, int32, bool);

/** Terms of one sign, as the sum of both may be as small as its rounding. */
const positive: Draw = {values: 'positive', tolerance: {relative: 2e-6}};
/** Terms that leave float32 four at a time, and their sums, which do not. */
const large: Draw = {values: 'uniform', range: [3e38, 3e38]};

const position = fc
  .tuple(
    dimensions.filter(({length}) => length > 0),
    fc.oneof(
      {weight: 3, arbitrary: extremes},
      // Few values, many of them equal.
      drawn({values: 'broken'}, {dtype: 'int32', values: 'uniform', range: [0, 3]}),
    ),
    anyNumber,
  )
  .map(([shape, template, random]): RandomCase => {
    const axis = random() % shape.length;
    return {inputs: {x: {shape, ...template}}, attrs: {axis: random() % 4 ? axis : axis - shape.length}};
  });

/** One value of the result from all along some axes. */
export const random: RandomCases = {
  ...family<Reduction>(
    {
      Sum: {draws: drawn(exact, broken, positive, large, int32, bool), smooth: {}},
      Mean: {
        draws: drawn(
          // The CPU backend divides each term and rounds it, then adds them up.
          {values: 'exact', tolerance: {absolute: 2e-6}},
          {values: 'broken', tolerance: {absolute: 2e-6}},
          positive,
          {dtype: 'int32', values: 'mixed', tolerance: {absolute: 300}},
          {dtype: 'int32', tolerance: {absolute: 2e-5}},
          {dtype: 'bool', tolerance: {relative: 2e-6}},
        ),
        smooth: {},
      },
      // tfjs's gradient of Prod calls methods of tensors that only the package @tensorflow/tfjs registers.
      Prod: {draws: drawn(broken, positive, {values: 'mixed'}, int32, bool)},
      Max: {draws: extremes, smooth: {values: 'distinct'}},
      Min: {draws: extremes, smooth: {values: 'distinct'}},
      Any: {draws: drawn(bool)},
      All: {draws: drawn(bool)},
    },
    reduction,
  ),
  ArgMax: position,
  ArgMin: position,
};
