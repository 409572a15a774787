/**
 * The layer Dropout of tfjs-layers, whose mask tf.dropout draws in JavaScript: tf.dropout is a function of a module, which
 * nothing can replace, but tfjs-layers registers its classes with tfjs-core.
 */
import {engine, mul, Tensor, tidy} from '@tensorflow/tfjs-core';
import {type Call, type Kwargs, replaceCall} from './replaced-call.js';

/** The kernel that makes a mask. */
export const DROPOUT_MASK = 'DropoutMask';

/**
 * The least rate of a mask. Draws are rounded to float32, so that one may be 1: with a lower rate, tfjs keeps that one twice
 * (floor gives 2).
 */
export const MIN_RATE = 1e-7;

// An interface is no NamedAttrMap.
export type DropoutMaskAttrs = {
  shape: number[];
  rate: number;
  /** As seedrandom takes it: the text of what tf.dropout is given. */
  seed: string;
};

/** What the layer has, and what it inherits. */
interface Dropout {
  rate: number;
  seed?: number | null;
  getNoiseShape(input: Tensor): (number | null)[] | null | undefined;
  invokeCallHook(inputs: Inputs, kwargs: Kwargs): void;
}
type Inputs = Tensor | Tensor[];

/**
 * Lets the layer draw by the kernel DropoutMask wherever this backend is the active one, with the same results.
 */
export function replaceDropout(): void {
  replaceCall<Dropout, Inputs>('Dropout', ['invokeCallHook', 'getNoiseShape', 'rate', 'seed', 'training'], replaced);
}

/** A layer whose hook has been called already. */
const hooked = {invokeCallHook: {value: () => undefined}};

/** The method as tfjs-layers has it, but for the mask, and only where there is one to draw. */
function replaced(original: Call<Dropout, Inputs>): Call<Dropout, Inputs> {
  return function (inputs, kwargs) {
    return tidy(() => {
      // It may change the layer.
      this.invokeCallHook(inputs, kwargs);
      const x = Array.isArray(inputs) && inputs.length === 1 ? inputs[0] : inputs;
      const mask = x instanceof Tensor && kwargs?.training ? maskOf(this, x) : undefined;
      return mask ? mul(x as Tensor, mask) : original.call(Object.create(this, hooked), inputs, kwargs);
    });
  };
}

/** What tf.dropout would multiply x by; undefined where it passes x as it is, refuses it, or knows better. */
function maskOf(layer: Dropout, x: Tensor): Tensor | undefined {
  const {rate, seed} = layer;
  if (x.dtype !== 'float32' || !(rate >= MIN_RATE && rate < 1)) return undefined;
  const shape = layer.getNoiseShape(x) ?? x.shape;
  if (!shape.every(isSize)) return undefined;
  const attrs: DropoutMaskAttrs = {shape, rate, seed: String(seed ?? Math.random())};
  return engine().runKernel(DROPOUT_MASK, {}, attrs) as Tensor;
}

function isSize(value: number | null): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
