import type {CaseOptions, InputSpec, KernelCase} from './types';
import {extremeInts, specialFloats} from './values';

/** Lengths around one, two and four vectors: every tail, and loops that run 0, 1 and several times. */
export const tails: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 67];

/** No elements, in several ranks. */
export const emptyShapes: readonly (readonly number[])[] = [[0], [0, 3], [2, 0, 3], [1, 2, 3, 0]];

/** A scalar, several ranks, and sizes that no vector divides. */
export const oddShapes: readonly (readonly number[])[] = [
  [],
  [3, 5],
  [2, 3, 7],
  [1, 1, 1, 1],
  [2, 3, 4, 5],
  [2, 1, 3, 2, 5],
];

/** Pairs of shapes that broadcast: scalars, biases, columns, both sides at once, ranks that differ, empty ones. */
const broadcastPairs: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[], [7]],
  [[7], []],
  [[1], [3, 5]],
  [[4, 6], [6]],
  [[6], [4, 6]],
  [
    [4, 6],
    [1, 6],
  ],
  [
    [4, 6],
    [4, 1],
  ],
  [
    [4, 1],
    [4, 6],
  ],
  [
    [4, 1],
    [1, 6],
  ],
  [
    [1, 5],
    [3, 1],
  ],
  [[2, 3, 4, 5], [5]],
  [
    [2, 3, 4, 5],
    [4, 1],
  ],
  [
    [2, 3, 4, 5],
    [2, 1, 1, 5],
  ],
  [
    [2, 1, 4, 1],
    [3, 1, 5],
  ],
  [
    [2, 3, 1, 5],
    [1, 3, 4, 1],
  ],
  [
    [3, 1, 2, 1, 5],
    [2, 1, 3, 1],
  ],
  [
    [8, 7, 6, 5],
    [7, 1, 5],
  ],
  // Rows that are too long to be repeated in the fixed scratch.
  [[3, 227], [227]],
  [[227], [3, 227]],
  [[0], [1]],
  [
    [2, 0, 3],
    [1, 3],
  ],
  [[0, 4], []],
];

/** What a sweep varies is the shape; the rest of the input is given. */
export type InputTemplate = Omit<InputSpec, 'shape' | 'seed'>;

export interface UnaryOptions extends CaseOptions {
  /** The kernel's name for its input; by default x. */
  input?: string;
  template?: InputTemplate;
  /**
   * Special values are swept too, unless this is false, with signed zeros told apart; an object says what is different
   * for them: `{tfjsWasm: {differs: '...'}}`.
   */
  special?: boolean | CaseOptions;
}

/** Tails, odd and empty shapes, and special values, of a kernel with one input whose attributes fit any shape. */
export function unaryCases(kernel: string, options: UnaryOptions = {}): KernelCase[] {
  const {input = 'x', template = {}, special = true, ...common} = options;
  const {dtype = 'float32'} = template;
  const prefix = dtype === 'float32' ? '' : `${dtype} `;
  const shapes = [...tails.map((n) => [n]), ...oddShapes, ...emptyShapes];
  const cases: KernelCase[] = shapes.map((shape) => ({
    ...common,
    kernel,
    name: `${prefix}[${shape}]`,
    inputs: {[input]: {...template, shape}},
    // Finite differences of every tail would tell nothing new.
    gradient: sameShape(shape, [3, 5]) && common.gradient,
  }));
  if (special && dtype !== 'bool') {
    const shape = [150];
    cases.push({
      ...common,
      kernel,
      name: `${prefix}special values`,
      inputs: {[input]: {...template, shape, values: 'special'}},
      signedZero: true,
      gradient: false,
      ...(special === true ? {} : special),
    });
  }
  return cases;
}

export interface BinaryOptions extends CaseOptions {
  /** The kernel's names for its inputs; by default a and b. */
  inputs?: readonly [string, string];
  template?: InputTemplate;
  /** Where the second input's values are drawn otherwise: a divisor, an exponent. */
  second?: InputTemplate;
  /** False where tfjs's gradient does not sum over broadcast dimensions: of Maximum, Minimum and SquaredDifference. */
  gradientBroadcasts?: boolean;
  /** As for unaryCases; it is every pair of special values here. */
  special?: boolean | CaseOptions;
}

/** Tails, odd, empty and broadcast shapes, and every pair of special values, of a kernel with two inputs. */
export function binaryCases(kernel: string, options: BinaryOptions = {}): KernelCase[] {
  const {inputs: [a, b] = ['a', 'b'], template = {}, second = template, special = true, ...rest} = options;
  const {gradientBroadcasts = true, ...common} = rest;
  const {dtype = 'float32'} = template;
  const prefix = dtype === 'float32' ? '' : `${dtype} `;
  const same = [...tails.map((n) => [n]), ...oddShapes, ...emptyShapes].map((shape) => [shape, shape] as const);
  const cases: KernelCase[] = [...same, ...broadcastPairs].map(([left, right]) => ({
    ...common,
    kernel,
    name: `${prefix}[${left}] [${right}]`,
    inputs: {[a]: {...template, shape: left}, [b]: {...second, shape: right}},
    gradient:
      (sameShape(left, [3, 5]) || (gradientBroadcasts && sameShape(left, [4, 6]) && sameShape(right, [6]))) &&
      common.gradient,
  }));
  if (special && dtype !== 'bool') {
    const n = (dtype === 'int32' ? extremeInts : specialFloats).length;
    const values = {dtype, values: 'special'} as const;
    cases.push({
      ...common,
      kernel,
      name: `${prefix}every pair of special values`,
      inputs: {[a]: {...values, shape: [n, 1]}, [b]: {...values, shape: [1, n]}},
      signedZero: true,
      gradient: false,
      ...(special === true ? {} : special),
    });
  }
  return cases;
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}
