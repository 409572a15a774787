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
  const [cls, fromConfig] = serialization.SerializationMap.getMap().classNameMap[className];
  // A copy: fromConfig takes out what it has used.
  return (fromConfig as FromConfig)(cls, structuredClone(config) as serialization.ConfigDict, {}, true);
}
