import {util} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {
  anyNumber,
  anyShape,
  EXACT,
  movedDtype,
  type RandomCase,
  type RandomCases,
  shuffled,
  smallShapes,
  someAxes,
  withGradient,
} from './types';

/** Elements of a result that is not made larger: the CPU backend takes half a microsecond for each. */
const MAX_TILED = 1500;

type Attrs = (shape: readonly number[], random: () => number) => RandomCase['attrs'];

/** Any shape, dtype and values, and attributes for the shape that random numbers choose. */
const moved = (attrsOf: Attrs, smoothAttrsOf = attrsOf) =>
  withGradient(
    fc.tuple(anyShape, movedDtype, anyNumber).map(([shape, dtype, random]) => ({
      inputs: {x: {shape, dtype, values: 'mixed'}},
      attrs: attrsOf(shape, random),
      tolerance: EXACT,
      signedZero: true,
    })),
    fc
      .tuple(smallShapes, anyNumber)
      .map(([shape, random]) => ({inputs: {x: {shape}}, attrs: smoothAttrsOf(shape, random), tolerance: EXACT})),
  );

const padding =
  (constants: readonly number[]): Attrs =>
  (shape, random) => {
    const few = () => (random() % 3 ? random() % 3 : 0);
    return {paddings: shape.map(() => [few(), few()]), constantValue: constants[random() % constants.length]};
  };

/** Moves and copies of elements to other places. */
export const random: RandomCases = {
  Transpose: moved((shape, random) => ({perm: shuffled(shape.length, random)})),

  Reverse: moved((shape, random) => {
    const dims = someAxes(shape.length, random);
    // One without an array; one a second time, which turns it back.
    if (dims.length === 1 && random() % 2) return {dims: dims[0]};
    return {dims: random() % 8 ? dims : [...dims, ...dims.slice(0, 1)]};
  }),

  PadV2: moved(padding([0, 1, 1.5, -2.5, 7e9, Number.NaN, Number.POSITIVE_INFINITY]), padding([0, 1.5])),

  Tile: moved((shape, random) => {
    let size = util.sizeFromShape([...shape]);
    const reps = shape.map(() => {
      const times = size > MAX_TILED ? 1 : random() % 4;
      size *= times;
      return times;
    });
    return {reps};
  }),
};
