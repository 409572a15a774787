import {isObject, type Json, type JsonObject} from '../json.js';
import {type LayerContext, refuse} from './context.js';
import {isRegistered} from './registry.js';

/** Classes that tfjs-layers spells otherwise, or has as a case of another. */
const RENAMED: Record<string, string> = {
  IdentityInitializer: 'Identity',
  L1: 'L1L2',
  L2: 'L1L2',
  LecunNormal: 'LeCunNormal',
  LecunUniform: 'LeCunUniform',
  OrthogonalInitializer: 'Orthogonal',
  hard_swish: 'hard_silu',
  silu: 'swish',
};

/** Not by what every object has: a file may name `constructor`. */
const renamed = (name: string) => (Object.hasOwn(RENAMED, name) ? RENAMED[name] : name);

export function camelCase(text: string): string {
  return text.replace(/_+(\w|$)/g, (_, next: string) => next.toUpperCase());
}

/** Any value of a configuration: snake case to camel case, tuples and NumPy scalars to plain values. */
export function convertValue(value: Json): Json {
  if (typeof value === 'string') return camelCase(value);
  if (Array.isArray(value)) return value.map(convertValue);
  if (!isObject(value)) return value;
  if (value.class_name === '__tuple__') return convertValue(value.items);
  if (value.type === 'ndarray' && value.value !== undefined) return convertValue(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [camelCase(key), convertValue(item)]));
}

/** An initializer, a regularizer or a constraint: null, a name, or `{class_name, config}`. */
export function convertObject(value: Json, key: string, context: LayerContext): Json {
  if (value === null) return null;
  // A name by itself stands for the class with its defaults.
  const wrapped: JsonObject = isObject(value) ? value : {class_name: value, config: {}};
  const given = String(wrapped.class_name);
  const className = renamed(given);
  if (!isObject(value) && !isRegistered(className)) {
    const pascal = className.replace(/(^|_)(\w)/g, (_, _start, letter: string) => letter.toUpperCase());
    return convertObject({class_name: pascal, config: {}}, key, context);
  }
  if (!isRegistered(className)) {
    refuse(context, `${key} ${given}: tfjs-layers has no such class`);
    return null;
  }
  const config = convertValue(isObject(wrapped.config) ? wrapped.config : {}) as JsonObject;
  if (isObject(config.seed)) config.seed = null;
  if (config.distribution === 'untruncatedNormal') config.distribution = 'normal';
  return {className, config};
}

/** An activation: its name, or the function or layer that Keras wrote in place of one. */
export function convertActivation(value: Json, key: string, context: LayerContext): Json {
  if (value === null) return 'linear';
  if (isObject(value)) {
    const {class_name: className, config} = value;
    if (className === 'function' && typeof config === 'string') return convertActivation(config, key, context);
    const what = className === '__lambda__' ? 'a lambda' : `the layer or class ${className}`;
    refuse(context, `${key}: ${what}; tfjs-layers has activations by name only`);
    return 'linear';
  }
  const given = String(value);
  const name = camelCase(renamed(given));
  if (name === 'hardSigmoid' && context.major >= 3) return 'kerasHardSigmoid';
  if (!isRegistered(name)) refuse(context, `${key} "${given}": tfjs-layers has no such activation`);
  return name;
}

/** A dtype or a dtype policy; mixed precision keeps its weights as float32, which is what tfjs-layers computes in. */
export function convertDtype(value: Json, context: LayerContext): string | null {
  if (value === null) return null;
  const policy = isObject(value) && isObject(value.config) ? value.config.name : value;
  const name = String(policy);
  if (isObject(value) && value.class_name !== 'DTypePolicy' && value.class_name !== 'Policy') {
    refuse(context, `dtype ${value.class_name}: quantized layers are not supported`);
  }
  if (name === 'float32' || name.startsWith('mixed_')) return 'float32';
  if (/^u?int\d+$/.test(name)) return 'int32';
  if (name === 'bool' || name === 'string') return name;
  refuse(context, `dtype ${name} (only float32)`);
  return 'float32';
}
