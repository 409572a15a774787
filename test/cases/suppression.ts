import {timed} from './calls';
import {tails} from './sweeps';
import type {CaseOptions, InputSpec, KernelCase} from './types';

interface Thresholds {
  maxOutputSize?: number;
  iouThreshold?: number;
  scoreThreshold?: number;
}

const infinity = Number.POSITIVE_INFINITY;

/** The same boxes for all three kernels: with and without padding, with and without lowered scores. */
function suppressions(
  name: string,
  boxes: InputSpec,
  scores: InputSpec,
  {maxOutputSize = boxes.shape[0], iouThreshold = 0.5, scoreThreshold = -infinity}: Thresholds = {},
  options: CaseOptions = {},
): KernelCase[] {
  const inputs = {boxes, scores};
  const attrs = {maxOutputSize, iouThreshold, scoreThreshold};
  return [
    {kernel: 'NonMaxSuppressionV3', name, inputs, attrs, ...options},
    ...[false, true].map((padToMaxOutputSize) => ({
      kernel: 'NonMaxSuppressionV4',
      name: `${name}${padToMaxOutputSize ? ', padded' : ''}`,
      inputs,
      attrs: {...attrs, padToMaxOutputSize},
      ...options,
    })),
    ...[0, 0.3].map((softNmsSigma) => ({
      kernel: 'NonMaxSuppressionV5',
      name: `${name}, sigma ${softNmsSigma}`,
      inputs,
      attrs: {...attrs, softNmsSigma},
      ...options,
    })),
  ];
}

/** Corners anywhere: every second box is turned over in one dimension or the other. */
const anywhere = (n: number): InputSpec => ({shape: [n, 4], values: 'uniform'});
const drawn = (n: number): InputSpec => ({shape: [n], values: 'uniform'});
/** Of a detector: boxes of a twentieth of the image around a hundred places. */
const detected = (n: number): InputSpec => ({
  shape: [n, 4],
  values: Array.from({length: n}, (_, i) => {
    const [y, x] = [(i * 37) % 10, (i * 53) % 100].map((place, k) => place / (k ? 100 : 10) + ((i * 7) % 11) / 400);
    return [y, x, y + 0.05, x + 0.05];
  }).flat(),
});
const listed = (...boxes: number[][]): InputSpec => ({shape: [boxes.length, 4], values: boxes.flat()});
const scored = (...values: number[]): InputSpec => ({shape: [values.length], values});

/** What is infinite or NaN, or leaves float32 on the way. */
const inFloat32: CaseOptions = {tfjsWasm: {skip: 'it computes areas in float32, and compares NaN otherwise'}};

const square = [0, 0, 1, 1];
const strange = listed(
  square,
  [1, 1, 0, 0],
  [0, 1, 1, 0],
  [0.5, 0.5, 0.5, 0.5],
  [0, 0, 0, 1],
  [Number.NaN, 0, 1, 1],
  [0, 0, infinity, 1],
  [-infinity, -infinity, infinity, infinity],
  [infinity, 0, infinity, 1],
  [0, 0, 3e38, 3e38],
  [0, 0, 1e-30, 1e-30],
  [0, 0, 1e-30, 0.9e-30],
  [3, 3, 4, 4],
);
const falling = scored(...Array.from({length: 13}, (_, i) => 1 - i / 20));
const rising = scored(...Array.from({length: 13}, (_, i) => i / 20 - 0.3));

/** Boxes by their scores, and which of them overlap. */
export const cases: readonly KernelCase[] = [
  ...tails.flatMap((n) => suppressions(`${n} boxes`, anywhere(n), drawn(n))),
  ...[0, 1e-40, 0.2, 1].flatMap((iouThreshold) =>
    suppressions(`overlaps of ${iouThreshold}`, anywhere(60), drawn(60), {iouThreshold}),
  ),
  ...[0, 0.5, 1, infinity].flatMap((scoreThreshold) =>
    suppressions(`scores of ${scoreThreshold}`, anywhere(60), drawn(60), {scoreThreshold}),
  ),
  ...[0, 1, 2, 7, 61, 100].flatMap((maxOutputSize) =>
    suppressions(`${maxOutputSize} of 60`, anywhere(60), drawn(60), {maxOutputSize, iouThreshold: 0.9}),
  ),
  ...suppressions('no boxes', anywhere(0), drawn(0)),
  ...suppressions('no boxes, five wanted', anywhere(0), drawn(0), {maxOutputSize: 5}),
  ...suppressions('a detector', detected(300), drawn(300), {maxOutputSize: 50, iouThreshold: 0.3}),
  ...suppressions('equal scores', detected(100), scored(...Array.from({length: 100}, (_, i) => (i % 3) / 2)), {
    scoreThreshold: 0,
  }),
  ...suppressions('equal boxes', listed(square, square, square, square), scored(0.5, 0.7, 0.7, 0.2), {iouThreshold: 1}),
  ...suppressions('special scores', detected(100), {shape: [100], values: 'special'}),
  ...suppressions('special corners', {shape: [60, 4], values: 'special'}, drawn(60), {}, inFloat32),
  ...[0, 0.5, 1].flatMap((iouThreshold) => [
    ...suppressions(`strange boxes, ${iouThreshold}`, strange, falling, {iouThreshold}, inFloat32),
    ...suppressions(`strange boxes, the last first, ${iouThreshold}`, strange, rising, {iouThreshold}, inFloat32),
  ]),
  // An intersection that is exactly half of the union, and one that is by a bit less.
  ...suppressions('at the threshold', listed([0, 0, 1, 1], [0, 0, 1, 0.5], [4, 0, 5, 1], [4, 0, 5, 0.49999997]), {
    shape: [4],
    values: [0.9, 0.8, 0.7, 0.6],
  }),
  ...suppressions('too few scores', anywhere(5), drawn(4), {}, {throws: /boxes are \[5,4\], scores \[4\]; expected/}),
  ...suppressions('a thousand anywhere', anywhere(1000), drawn(1000), {}, timed),
  ...suppressions('a thousand of a detector', detected(1000), drawn(1000), {maxOutputSize: 100}, timed),
];
