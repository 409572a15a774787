import {isObject, type Json, type JsonObject} from '../json.js';
import {refOf} from './graph.js';

/** Layers that compute nothing after their activation, and so may have it as a layer of its own. */
const SPLITS = /^(Dense|EinsumDense|Activation|(Depthwise|Separable)?Conv[123]D(Transpose)?)$/;
/** Layers without weights that Keras takes as activations. */
const ACTIVATIONS = new Set(['ReLU', 'LeakyReLU', 'ELU', 'Softmax', 'ThresholdedReLU']);

/**
 * A model's layers, with a layer that stands in the place of an activation (`Dense(4, activation=LeakyReLU(0.1))`) as one of
 * its own after the other: tfjs-layers' activations have no options.
 *
 * @param config Of a model: the refs in it that meant the layer's output mean that of the activation.
 */
export function withActivationLayers(config: JsonObject, isSequential: boolean): JsonObject {
  const layers = (Array.isArray(config.layers) ? config.layers : []).filter(isObject);
  const split = layers.filter((layer) => activationOf(layer) !== undefined);
  if (split.length === 0) return config;
  const moved = new Set(isSequential ? [] : split.map(({name}) => String(name)));
  const rewired = redirect({...config, layers: []}, moved) as JsonObject;
  return {
    ...rewired,
    layers: layers.flatMap((layer) => {
      const plain = isSequential ? layer : {...layer, inbound_nodes: redirect(layer.inbound_nodes ?? [], moved)};
      const activation = activationOf(layer);
      if (activation === undefined) return [plain];
      const own = layer.config as JsonObject;
      const name = `${own.name}_activation`;
      const after = {
        ...activation,
        name,
        config: {...(activation.config as JsonObject), name},
        inbound_nodes: callsAfter(layer),
      };
      return [{...plain, config: {...own, activation: 'linear'}}, after];
    }),
  };
}

function activationOf({class_name: className, config}: JsonObject): JsonObject | undefined {
  if (!SPLITS.test(String(className)) || !isObject(config)) return undefined;
  const {activation} = config;
  return isObject(activation) && isObject(activation.config) && ACTIVATIONS.has(String(activation.class_name))
    ? activation
    : undefined;
}

/** One call for each of the layer's, in the form in which the file has them. */
function callsAfter({name, inbound_nodes: calls}: JsonObject): Json[] {
  return (Array.isArray(calls) ? calls : []).map((call, node) =>
    isObject(call)
      ? {args: [{class_name: '__keras_tensor__', config: {keras_history: [name, node, 0]}}], kwargs: {}}
      : [[name, node, 0, {}]],
  );
}

function redirect(value: Json, moved: ReadonlySet<string>): Json {
  const ref = refOf(value);
  if (ref && moved.has(ref[0])) {
    const name = `${ref[0]}_activation`;
    return isObject(value)
      ? {...value, config: {...(value.config as JsonObject), keras_history: [name, ref[1], ref[2]]}}
      : [name, ...(value as Json[]).slice(1)];
  }
  if (Array.isArray(value)) return value.map((item) => redirect(item, moved));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redirect(item, moved)]));
}
