/**
 * The layer Dropout of tfjs-layers, whose mask tf.dropout draws in JavaScript: tf.dropout is a function of a module, which
 * nothing can replace, but tfjs-layers registers its classes with tfjs-core.
 */
import {engine, mul, serialization, Tensor, tidy} from '@tensorflow/tfjs-core';
import {BACKEND_NAME} from '../name.js';

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
  call(inputs: Inputs, kwargs: Kwargs): Inputs;
}
type Inputs = Tensor | Tensor[];
type Kwargs = Record<string, unknown> | undefined;

/** What tfjs-layers' own method mentions, minified or not: another one has been put in its place, and stays there. */
const MENTIONED = ['invokeCallHook', 'getNoiseShape', 'rate', 'seed', 'training'];

/** Methods of ours, which mention some of that too. */
const ours = new WeakSet<Dropout['call']>();

/**
 * Lets the layer draw by the kernel DropoutMask wherever this backend is the active one, with the same results. Does nothing
 * where tfjs-layers is not loaded (yet), nor to classes of others.
 */
export function replaceDropout(): void {
  const [registered] = serialization.SerializationMap.getMap().classNameMap.Dropout ?? [];
  const prototype = registered?.prototype as Dropout | undefined;
  if (!prototype || !Object.hasOwn(prototype, 'call')) return;
  const {call} = prototype;
  const source = Function.prototype.toString.call(call);
  if (ours.has(call) || !MENTIONED.every((name) => source.includes(name))) return;
  prototype.call = replaced(call);
  ours.add(prototype.call);
}

/** A layer whose hook has been called already. */
const hooked = {invokeCallHook: {value: () => undefined}};

/** The method as tfjs-layers has it, but for the mask, and only where there is one to draw. */
function replaced(original: Dropout['call']): Dropout['call'] {
  return function (this: Dropout, inputs, kwargs) {
    if (engine().backendName !== BACKEND_NAME || !kwargs?.training) return original.call(this, inputs, kwargs);
    return tidy(() => {
      // It may change the layer.
      this.invokeCallHook(inputs, kwargs);
      const x = Array.isArray(inputs) && inputs.length === 1 ? inputs[0] : inputs;
      const mask = x instanceof Tensor && kwargs.training ? maskOf(this, x) : undefined;
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
