import type {Tensor} from '@tensorflow/tfjs-core';
import type {InputSpec} from '../cases/types';

/** What is known of a derivative, other than that it is right. */
export interface Known {
  /** tfjs-core's is wrong: how. This backend replaces it; the tests check that the CPU backend's still is. */
  wrong?: string;
  /** The same, where it cannot be replaced: it is part of the operation and no registered gradient. */
  unmended?: string;
  /** There is none: a part of the message with which tfjs-core says so. */
  missing?: string;
  /** It throws on this backend for another reason than tfjs-core's: a part of the message. */
  refused?: string;
}

/** An operation of tfjs-core with some options, as a function of tensors that it can be differentiated by. */
export interface DifferentiableCase extends Known {
  /** As tfjs-core exports it: 'conv2d', 'fused.matMul'. */
  operation: string;
  /** The options; unique among the cases of the operation. */
  name: string;
  /** float32, by all of which it is differentiated. Keep them small: each element costs several calls. */
  inputs: readonly InputSpec[];
  run: (...inputs: Tensor[]) => Tensor | Tensor[];
  /** What is known of the derivatives of its gradient; false where they are too coarse for differences, or take too long. */
  second: Known | false;
}

export type Options = Partial<Known> & {second?: Known | false};

type Input = InputSpec | readonly number[];

/**
 * A case. An input that is a list of numbers is a shape, of normal values; the parameters of `run` may be tensors of
 * the rank that the operation asks for.
 */
export function differentiable(
  operation: string,
  name: string,
  inputs: readonly Input[],
  run: (...inputs: never[]) => Tensor | Tensor[],
  {second = {}, ...known}: Options = {},
): DifferentiableCase {
  return {
    operation,
    name,
    inputs: inputs.map((input) => ('shape' in input ? input : {shape: input})),
    run: run as DifferentiableCase['run'],
    second,
    ...known,
  };
}

/** Away from kinks: no two values are equal, and none is near 0. */
export const distinct = (...shape: number[]): InputSpec => ({shape, values: 'distinct'});

export const between = (low: number, high: number, shape: readonly number[] = [2, 3]): InputSpec => ({
  shape,
  values: 'uniform',
  range: [low, high],
});
