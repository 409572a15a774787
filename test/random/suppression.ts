import fc from 'fast-check';
import type {InputSpec} from '../cases/types';
import {int, type RandomCase, type RandomCases} from './types';

/** Places on a grid, so that boxes touch, coincide and have no area, and in between. */
const grid = int(0, 8).map((place) => place / 8);
const place = fc.oneof(
  {weight: 6, arbitrary: fc.double({min: 0, max: 1, noNaN: true})},
  {weight: 6, arbitrary: grid},
  {
    weight: 1,
    arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38, -3e38, 1e-40, -0),
  },
);
const onGrid = fc.tuple(grid, grid, grid, grid);
const box = fc.oneof({weight: 4, arbitrary: fc.tuple(place, place, place, place)}, {weight: 3, arbitrary: onGrid});
const score = fc.oneof(
  {weight: 6, arbitrary: fc.double({min: -1, max: 1, noNaN: true})},
  {weight: 6, arbitrary: int(-2, 4).map((quarters) => quarters / 4)},
  {weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0)},
);
const threshold = fc.oneof(
  {weight: 3, arbitrary: fc.double({min: 0, max: 1, noNaN: true})},
  fc.constantFrom(0, 0.25, 0.5, 1, 1e-40),
);

interface Drawn {
  candidates: [number[], number][];
  size: number;
  iouThreshold: number;
  scoreThreshold: number;
}

/** Up to 60 boxes, and what goes with them. */
const drawn: fc.Arbitrary<Drawn> = fc.record({
  candidates: fc.array(fc.tuple(box, score), {maxLength: 60, size: 'max'}),
  size: fc.oneof({weight: 3, arbitrary: int(0, 70)}, int(0, 5)),
  iouThreshold: threshold,
  scoreThreshold: fc.oneof(threshold, fc.constant(Number.NEGATIVE_INFINITY)),
});

function caseOf({candidates, size, iouThreshold, scoreThreshold}: Drawn, attrs: object): RandomCase {
  const n = candidates.length;
  const boxes: InputSpec = {shape: [n, 4], values: candidates.flatMap(([corners]) => corners)};
  const scores: InputSpec = {shape: [n], values: candidates.map(([, value]) => value)};
  return {inputs: {boxes, scores}, attrs: {maxOutputSize: size, iouThreshold, scoreThreshold, ...attrs}};
}

/** Boxes by their scores, and which of them overlap. */
export const random: RandomCases = {
  NonMaxSuppressionV3: drawn.map((found) => caseOf(found, {})),
  NonMaxSuppressionV4: fc
    .tuple(drawn, fc.boolean())
    .map(([found, padToMaxOutputSize]) => caseOf(found, {padToMaxOutputSize})),
  NonMaxSuppressionV5: fc.tuple(drawn, threshold).map(([found, softNmsSigma]) => ({
    ...caseOf(found, {softNmsSigma}),
    tolerance: {ulp: 0},
  })),
};
