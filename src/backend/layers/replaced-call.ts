/** Methods of tfjs-layers' classes that others of ours take the place of: tfjs-layers registers its classes with tfjs-core. */
import {engine, serialization} from '@tensorflow/tfjs-core';
import {BACKEND_NAME} from '../name.js';

/** The method of a layer that computes. */
export type Call<Layer, Inputs> = (this: Layer, inputs: Inputs, kwargs: Kwargs) => Inputs;
export type Kwargs = Record<string, unknown> | undefined;

/** Methods of ours, which mention what tfjs-layers' own do. */
const ours = new WeakSet<object>();

/**
 * Replaces a layer's method `call` by what `replace` makes of it, wherever this backend is the active one and the layer
 * trains. Does nothing where tfjs-layers is not loaded (yet), nor to classes of others.
 *
 * @param mentioned what tfjs-layers' own method mentions, minified or not: another one has been put in its place where it does
 * not, and stays there
 */
export function replaceCall<Layer, Inputs>(
  className: string,
  mentioned: readonly string[],
  replace: (original: Call<Layer, Inputs>) => Call<Layer, Inputs>,
): void {
  const [registered] = serialization.SerializationMap.getMap().classNameMap[className] ?? [];
  const prototype = registered?.prototype as {call: Call<Layer, Inputs>} | undefined;
  if (!prototype || !Object.hasOwn(prototype, 'call')) return;
  const original = prototype.call;
  const source = Function.prototype.toString.call(original);
  if (ours.has(original) || !mentioned.every((name) => source.includes(name))) return;
  const changed = replace(original);
  prototype.call = function (inputs, kwargs) {
    const isOurs = engine().backendName === BACKEND_NAME && kwargs?.training;
    return (isOurs ? changed : original).call(this, inputs, kwargs);
  };
  ours.add(prototype.call);
}
