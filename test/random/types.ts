import type {DataType} from '@tensorflow/tfjs-core';
import fc, {type Arbitrary} from 'fast-check';
import type {KernelCase, Tolerance} from '../cases/types';

/**
 * A call of a kernel, as the case table has it, with random shapes and attributes. Values are drawn anew for each, by a
 * seed that the test gives to inputs without one.
 */
export type RandomCase = Omit<KernelCase, 'kernel' | 'name'>;

/** For each kernel the random cases that it is compared over; `gradient` as in the case table. */
export type RandomCases = Readonly<Record<string, Arbitrary<RandomCase>>>;

/**
 * For sums of up to some thousand products of both signs. The CPU backend rounds after each product where it adds into
 * its output, so two right results differ by more than either is off.
 */
export const OF_OUTPUT: Tolerance = {relative: 2e-6, of: 'output'};
/** For what is only moved, and for single operations of float32. */
export const EXACT: Tolerance = {ulp: 0};

export const int = (min: number, max: number) => fc.integer({min, max});
export const dtypes = fc.constantFrom('float32' as const, 'int32' as const);
/** All that kernels see on the heap. */
export const anyDtype: Arbitrary<DataType> = fc.constantFrom('float32', 'int32', 'bool');
/** The same and complex64, for kernels that move elements of any dtype. */
export const movedDtype: Arbitrary<DataType> = fc.constantFrom('float32', 'int32', 'bool', 'complex64');

/** Up to five dimensions, few of them long, some of them 0. */
export const shapes = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.array(fc.oneof({weight: 9, arbitrary: int(1, 7)}, int(0, 40)), {minLength: 1, maxLength: 5}),
  },
  {weight: 2, arbitrary: fc.array(int(1, 40), {minLength: 2, maxLength: 2})},
  {weight: 1, arbitrary: fc.tuple(int(1, 4), int(100, 300)).map((shape): number[] => shape)},
);
/** The same, scalars, and six dimensions. */
export const anyShape = fc.oneof(
  {weight: 15, arbitrary: shapes},
  {weight: 1, arbitrary: fc.constant<number[]>([])},
  {weight: 1, arbitrary: fc.array(int(1, 4), {minLength: 6, maxLength: 6})},
);
/** For gradients: one to three dimensions, at most 18 elements. */
export const smallShapes = fc.oneof(
  int(1, 7).map((n) => [n]),
  fc.tuple(int(1, 3), int(1, 4)).map(([m, n]) => [m, n]),
  fc.tuple(int(1, 3), int(1, 3), int(1, 2)).map((shape): number[] => shape),
);

/**
 * As many numbers from low to high as a case comes to need. Last in a tuple: shrinking starts them over, and fast-check
 * (4.10) loses what stands behind in that tuple then.
 */
export const numbers = (low: number, high: number) =>
  fc.infiniteStream(int(low, high)).map((stream) => (): number => stream.next().value);
export const anyNumber = numbers(0, 1 << 20);

/** Some axes of a shape, in any order, some counted from the last. */
export function someAxes(rank: number, random: () => number): number[] {
  return shuffled(rank, random)
    .slice(0, random() % (rank + 1))
    .map((axis) => (random() % 4 ? axis : axis - rank));
}

/** The numbers below n in any order. */
export function shuffled(n: number, random: () => number): number[] {
  const keys = Array.from({length: n}, (_, i) => [random(), i]).sort(([a], [b]) => a - b);
  return keys.map(([, i]) => i);
}

/** One in ten cases is one of the second, small ones of smooth values, whose gradients are checked too. */
export const withGradient = (
  cases: Arbitrary<RandomCase>,
  differentiable: Arbitrary<RandomCase>,
  gradient: true | readonly string[] = true,
): Arbitrary<RandomCase> =>
  fc.oneof({weight: 9, arbitrary: cases}, {weight: 1, arbitrary: differentiable.map((c) => ({...c, gradient}))});

/** A family of kernels that are described alike. */
export const family = <T>(
  kernels: Readonly<Record<string, T>>,
  cases: (description: T, kernel: string) => Arbitrary<RandomCase>,
): RandomCases =>
  Object.fromEntries(Object.entries(kernels).map(([kernel, description]) => [kernel, cases(description, kernel)]));
