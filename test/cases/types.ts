import type {DataType, NamedAttrMap} from '@tensorflow/tfjs-core';

/**
 * How the values of an input are drawn; see values.ts.
 *
 * - normal: mean 0, deviation 1, at most 3.5; int32: -100 to 100; bool: either. The default.
 * - uniform: in `range`, by default 0 to 1 (int32: 0 to 100); int32 includes both ends.
 * - positive: 0.1 to 4; int32: 1 to 100.
 * - distinct: no two equal and none near 0, shuffled: what a finite difference needs at the kinks of max and relu.
 * - special: first every value that kernels get wrong (NaN, infinities, both zeros, denormals, halves, extremes), in a
 *   fixed order, then those and normal ones at random; int32: the same as extreme.
 * - extreme: the same with the ends of int32's range, powers of two and small integers.
 * - mixed: special values, normal ones and ones of any magnitude at random, so that a short input has some of each.
 * - exact: float32 multiples of an eighth from -16 to 16: sums of a thousand of them, and of a thousand products of two,
 *   are exact in any order.
 * - broken: the same, but one in twenty NaN or an infinity.
 */
export type ValueKind =
  | 'normal'
  | 'uniform'
  | 'positive'
  | 'distinct'
  | 'special'
  | 'extreme'
  | 'mixed'
  | 'exact'
  | 'broken';

export interface InputSpec {
  shape: readonly number[];
  /** By default float32. */
  dtype?: DataType;
  /** Values in row-major order (complex64: real and imaginary parts in turn), or how to draw them. */
  values?: ValueKind | readonly number[] | readonly string[];
  /** The ends of 'uniform'. */
  range?: readonly [low: number, high: number];
  /** By default one that differs from input to input. */
  seed?: number;
}

/**
 * How far a float32 result may be from the expected one: the largest of what the fields allow. Two steps of the
 * smallest denormal are always allowed. NaN and infinities must match exactly, shapes, dtypes, int32 and bool too.
 */
export interface Tolerance {
  /** By default 1e-6, unless `ulp` is given. */
  relative?: number;
  absolute?: number;
  /** Units in the last place of the expected value. */
  ulp?: number;
  /**
   * What `relative` is relative to: each expected element by itself (the default), or the largest finite magnitude of
   * the output, for kernels that sum terms of both signs, whose small results are as wrong as the large ones.
   */
  of?: 'element' | 'output';
}

/** One call of one kernel. The same table drives parity, gradient and leak tests, and the benchmark. */
export interface KernelCase {
  /** As tfjs names it: 'Conv2D'. */
  kernel: string;
  /** Unique among the cases of its kernel. */
  name: string;
  /** By the kernel's input names; an array for the few kernels that take one (AddN, Concat, Pack, Einsum). */
  inputs: Readonly<Record<string, InputSpec>> | readonly InputSpec[];
  attrs?: NamedAttrMap;
  tolerance?: Tolerance;
  /** Whether 0 and -0 are told apart. */
  signedZero?: boolean;
  /** The kernel must refuse this input with a message like this one; nothing else is compared. */
  throws?: RegExp;
  /**
   * Checks gradients against finite differences and the CPU backend: by all float32 inputs, or by those named (an
   * array's by their index: '0'). Keep such cases below some 100 elements; use 'distinct' where the function has kinks.
   */
  gradient?: boolean | readonly string[];
  /** Where tfjs-core has no right gradient: what is wrong. It is then compared with finite differences alone. */
  wrongGradient?: string;
  /** The most that a gradient may differ, relative to the largest one; by default 2e-3. State why where it is more. */
  gradientTolerance?: number;
  /**
   * Where tfjs-backend-wasm gives something else than the CPU backend: why (the test checks that it still does), how
   * close it comes, or why it cannot be run at all, or not with the same result twice.
   */
  tfjsWasm?: {differs: string} | {tolerance: Tolerance; because: string} | {skip: string};
  /** Floating-point operations of the call, for the benchmark's GFLOP/s. */
  flops?: number;
  /** Whether the benchmark times it; such a case may be large, and the tests run it too unless `test` is false. */
  bench?: boolean;
  /** False for benchmark cases that would take the CPU backend seconds. */
  test?: boolean;
}

/** What all cases of a sweep have in common. */
export type CaseOptions = Omit<KernelCase, 'kernel' | 'name' | 'inputs'>;
