// Registers the layers, which are looked up by name.
import '@tensorflow/tfjs-layers';
import {serialization} from '@tensorflow/tfjs-core';
import type {JsonObject} from '../json.js';

/** tfjs-layers' fromConfig takes two arguments more than tfjs-core's type tells. */
type FromConfig = (
  cls: serialization.SerializableConstructor<serialization.Serializable>,
  config: serialization.ConfigDict,
  customObjects: serialization.ConfigDict,
  fastWeightInit: boolean,
) => serialization.Serializable;

/** Whether tfjs-layers, or the application, has registered a class under this name. */
export function isRegistered(className: string): boolean {
  return Object.hasOwn(serialization.SerializationMap.getMap().classNameMap, className);
}

/**
 * Makes an instance of a registered class from its configuration as tfjs-layers has it, in camel case. Weights begin
 * as zeros where tfjs-layers can do that: the file's come next.
 */
export function instantiate(className: string, config: JsonObject): serialization.Serializable {
  // A copy: fromConfig takes out what it has used.
  const copy = structuredClone(config) as serialization.ConfigDict;
  // tfjs-layers forgets to make zeros in a model within a Functional model, and its orthogonal initializer, which is the
  // default of recurrent layers, is slow and needs chained operations that an application need not have registered.
  if (className === 'Model') copy.customObjects = {Model: fast('Model'), Sequential: fast('Sequential')};
  return create(className, copy);
}

function create(className: string, config: serialization.ConfigDict): serialization.Serializable {
  const [cls, fromConfig] = serialization.SerializationMap.getMap().classNameMap[className];
  return (fromConfig as FromConfig)(cls, config, {}, true);
}

/** A class as custom objects name it: with the function that makes it. */
function fast(className: string): serialization.ConfigDictValue {
  const [cls] = serialization.SerializationMap.getMap().classNameMap[className];
  const make = (_: unknown, config: serialization.ConfigDict) => create(className, config);
  return [cls, make] as unknown as serialization.ConfigDictValue;
}
