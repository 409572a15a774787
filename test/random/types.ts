import fc, {type Arbitrary} from 'fast-check';
import type {KernelCase, Tolerance} from '../cases/types';

/** A call of a kernel, as the case table has it, with random shapes, attributes and values. */
export type RandomCase = Omit<KernelCase, 'kernel' | 'name'>;

/** For each kernel the random cases that it is compared over; `gradient` as in the case table. */
export type RandomCases = Readonly<Record<string, Arbitrary<RandomCase>>>;

/**
 * For sums of up to some thousand products of both signs. The CPU backend rounds after each product where it adds into
 * its output, so two right results differ by more than either is off.
 */
export const OF_OUTPUT: Tolerance = {relative: 2e-6, of: 'output'};

export const int = (min: number, max: number) => fc.integer({min, max});
export const dtypes = fc.constantFrom('float32' as const, 'int32' as const);
export const everyDtype = fc.constantFrom('float32' as const, 'int32' as const, 'bool' as const);

/** Up to five dimensions, few of them long, some of them 0. */
export const shapes = fc.array(fc.oneof({weight: 9, arbitrary: int(1, 7)}, int(0, 40)), {minLength: 1, maxLength: 5});
/** As many numbers from low to high as a case comes to need. */
export const numbers = (low: number, high: number) =>
  fc.infiniteStream(int(low, high)).map((stream) => (): number => stream.next().value);
export const anyNumber = numbers(0, 1 << 20);
