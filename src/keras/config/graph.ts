import {isObject, type Json, type JsonObject} from '../json.js';
import {type Context, type LayerContext, refuse} from './context.js';

/**
 * A layer's calls as tfjs-layers has them: for each call a list of `[layer, node, tensor, {}]`.
 *
 * Keras 2 writes `[[layer, node, tensor, kwargs], ...]` for each call, Keras 3 `{args, kwargs}` with the tensors as
 * `{class_name: '__keras_tensor__', config: {keras_history: [layer, node, tensor]}}`.
 */
export function convertCalls(entry: JsonObject, shifted: ReadonlySet<string>, context: Context): Json[] {
  const className = String(entry.class_name);
  const here: LayerContext = {...context, className, name: String(entry.name)};
  // A layer that is refused anyway needs no further reasons.
  if (context.unsupported.some(({name}) => name === here.name)) return [];
  const calls = Array.isArray(entry.inbound_nodes) ? entry.inbound_nodes : [];
  return calls.map((call) => {
    if (isObject(call)) return convertKeras3Call(call, shifted, here);
    const tensors = Array.isArray(call) ? call : [];
    return tensors.map((tensor) => {
      const [layer, node, index, kwargs] = Array.isArray(tensor) ? tensor : [];
      checkArguments(kwargs, here);
      return [...shift([layer, node, index], shifted), {}];
    });
  });
}

function convertKeras3Call(call: JsonObject, shifted: ReadonlySet<string>, context: LayerContext): Json[] {
  const args = Array.isArray(call.args) ? call.args : [];
  const [first, ...others] = args;
  others.forEach((value, i) => {
    if (value !== null) refuse(context, `called with more than its inputs: argument ${i + 2}`);
  });
  checkArguments(call.kwargs, context);
  const tensors = [first].flat().map((tensor) => {
    const history = isObject(tensor) && isObject(tensor.config) ? tensor.config.keras_history : undefined;
    if (!Array.isArray(history)) refuse(context, 'called with a constant or a nested structure in place of tensors');
    return Array.isArray(history) ? [...shift(history, shifted), {}] : null;
  });
  return tensors.filter((tensor) => tensor !== null);
}

/** tfjs-layers does not keep a call's arguments: those that would change anything are refused. */
function checkArguments(kwargs: Json | undefined, context: LayerContext): void {
  if (!isObject(kwargs)) return;
  for (const [name, value] of Object.entries(kwargs)) {
    if (value === null || (name === 'training' && value === false)) continue;
    refuse(context, `called with ${name}=${JSON.stringify(value).slice(0, 60)}`);
  }
}

function shift([layer, node, index]: Json[], shifted: ReadonlySet<string>): Json[] {
  return [layer, Number(node) + (shifted.has(String(layer)) ? 1 : 0), index];
}

/** A model's inputs or outputs, in whatever structure Keras has them, as a list of `[layer, node, tensor]`. */
export function tensorsOf(value: Json | undefined, shifted: ReadonlySet<string>): Json[] {
  if (isObject(value)) return Object.values(value).flatMap((item) => tensorsOf(item, shifted));
  if (!Array.isArray(value)) return [];
  if (typeof value[0] === 'string') return [shift(value, shifted)];
  return value.flatMap((item) => tensorsOf(item, shifted));
}
