// Registers the layers, which are looked up by name.
import '@tensorflow/tfjs-layers';
import {serialization, zeros} from '@tensorflow/tfjs-core';
import type {JsonObject} from '../json.js';
import {registerKerasLayers} from '../layers/index.js';

/** tfjs-layers' fromConfig takes two arguments more than tfjs-core's type tells. */
type FromConfig = (
  cls: serialization.SerializableConstructor<serialization.Serializable>,
  config: serialization.ConfigDict,
  customObjects: serialization.ConfigDict,
  fastWeightInit: boolean,
) => serialization.Serializable;

type Apply = (shape: number[], dtype?: 'float32' | 'int32' | 'bool') => unknown;

/** Whether tfjs-layers, or the application, has registered a class under this name. */
export function isRegistered(className: string): boolean {
  registerKerasLayers();
  return Object.hasOwn(classes(), className);
}

/** Makes an instance of a registered class from its configuration as tfjs-layers has it, in camel case. */
export function instantiate(className: string, config: JsonObject): serialization.Serializable {
  registerKerasLayers();
  const [cls, fromConfig] = classes()[className];
  // A copy: fromConfig takes out what it has used.
  return (fromConfig as FromConfig)(cls, structuredClone(config) as serialization.ConfigDict, {}, true);
}

function classes() {
  return serialization.SerializationMap.getMap().classNameMap;
}

/**
 * Runs `build` with initializers that all give zeros: the file's weights come next. tfjs-layers itself can do that, but
 * not for models within models nor for cells; and its orthogonal initializer, the default of recurrent layers, is slow
 * and needs chained operations that an application need not have registered.
 */
export function withoutInitializers<T>(build: () => T): T {
  const base = Object.getPrototypeOf(classes().Zeros[0].prototype) as object;
  const changed: [prototype: {apply: Apply}, apply: Apply][] = [];
  for (const [cls] of Object.values(classes())) {
    const prototype = cls.prototype as {apply: Apply};
    if (!Object.hasOwn(prototype, 'apply') || !Object.prototype.isPrototypeOf.call(base, prototype)) continue;
    changed.push([prototype, prototype.apply]);
    prototype.apply = (shape, dtype) => zeros(shape, dtype);
  }
  try {
    return build();
  } finally {
    for (const [prototype, apply] of changed) prototype.apply = apply;
  }
}
