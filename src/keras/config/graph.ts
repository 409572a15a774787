import {isObject, type Json, type JsonObject} from '../json.js';

/** A tensor in a model: the layer that makes it, by which of its calls, and which of that call's outputs it is. */
export type Ref = [layer: string, node: number, index: number];

/** A call of a layer: the tensors that it is given, and what else. */
export interface Call {
  /** What stands where the inputs do: tensors, lists of them, constants. */
  args: Json[];
  kwargs: JsonObject;
  /** The tensors of the first argument, in their order; and with Keras 2 all of them. */
  inputs: Ref[];
}

/**
 * A layer's calls. Keras 2 writes `[[layer, node, tensor, kwargs], ...]` for each, Keras 3 `{args, kwargs}` with the
 * tensors as `{class_name: '__keras_tensor__', config: {keras_history: [layer, node, tensor]}}`.
 */
export function callsOf(entry: JsonObject): Call[] {
  const calls = Array.isArray(entry.inbound_nodes) ? entry.inbound_nodes : [];
  return calls.map((call) => {
    if (isObject(call)) {
      const args = Array.isArray(call.args) ? call.args : [];
      return {args, kwargs: isObject(call.kwargs) ? call.kwargs : {}, inputs: refsIn(args[0])};
    }
    // Keras 2.13 has no list around a call's only tensor.
    const tensors = Array.isArray(call) && typeof call[0] === 'string' ? [call] : call;
    const entries = (Array.isArray(tensors) ? tensors : []).filter(Array.isArray) as Json[][];
    const inputs = entries.map(([layer, node, index]): Ref => [String(layer), Number(node), Number(index)]);
    const kwargs = Object.assign({}, ...entries.map(([, , , given]) => (isObject(given) ? given : {}))) as JsonObject;
    return {args: [inputs], kwargs, inputs};
  });
}

/** The tensor that a value of Keras 3 stands for, or of a named argument of Keras 2. */
export function refOf(value: Json | undefined): Ref | undefined {
  if (isObject(value) && value.class_name === '__keras_tensor__' && isObject(value.config)) {
    const history = value.config.keras_history;
    if (Array.isArray(history)) return [String(history[0]), Number(history[1]), Number(history[2])];
  }
  if (Array.isArray(value) && value.length >= 3 && typeof value[0] === 'string' && typeof value[1] === 'number') {
    return [value[0], value[1], Number(value[2])];
  }
  return undefined;
}

/** All tensors in a value, in their order. */
export function refsIn(value: Json | undefined): Ref[] {
  const ref = refOf(value);
  if (ref) return [ref];
  if (Array.isArray(value)) return value.flatMap(refsIn);
  return isObject(value) ? Object.values(value).flatMap(refsIn) : [];
}

/** A model's inputs or outputs, in whatever structure Keras has them. */
export function endsOf(value: Json | undefined): Ref[] {
  return refsIn(value);
}

export const keyOf = (ref: Ref): string => JSON.stringify(ref);
