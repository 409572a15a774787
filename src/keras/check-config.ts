import {isModelClass} from './config/model.js';
import {KerasError} from './error.js';
import {isObject, type Json, type JsonObject} from './json.js';

/** A call of a layer that can be made once others have been made. */
interface Call {
  layer: string;
  needs: [layer: string, node: number][];
}

/**
 * Refuses what Keras never writes and tfjs-layers never ends with: layers whose calls wait for each other, or for a layer
 * that is not there. Models within models are looked through too.
 *
 * @param version Of the Keras that wrote it.
 * @throws KerasError that names the layers.
 */
export function checkConfig(config: JsonObject, version: string): void {
  const major = Number.parseInt(version, 10) || 2;
  let level: Json[] = [config];
  while (level.length > 0) {
    for (const entry of level) {
      if (isObject(entry) && isModelClass(String(entry.class_name)) && isObject(entry.config)) {
        checkCalls(String(entry.config.name), layersOf(entry.config), major);
      }
    }
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
}

function checkCalls(model: string, layers: readonly JsonObject[], major: number): void {
  // The nodes that are there before any call: an input's own, and with Keras 2 a model's own.
  const made = new Map<string, number>();
  for (const layer of layers) {
    const isOwn = layer.class_name === 'InputLayer' || (major < 3 && isModelClass(String(layer.class_name)));
    made.set(nameOf(layer), isOwn ? 1 : 0);
  }
  let waiting = layers.flatMap(callsOf);
  for (let before = waiting.length + 1; waiting.length < before; ) {
    before = waiting.length;
    waiting = waiting.filter(({layer, needs}) => {
      if (needs.some(([name, node]) => !((made.get(name) ?? 0) > node))) return true;
      made.set(layer, (made.get(layer) ?? 0) + 1);
      return false;
    });
  }
  if (waiting.length === 0) return;
  const [{layer, needs}] = waiting;
  throw new KerasError(
    `The configuration of ${model} is damaged: the layer "${layer}" is called with what ` +
      `"${needs.find(([name, node]) => !((made.get(name) ?? 0) > node))?.[0]}" gives, which nothing makes before it.`,
  );
}

function layersOf({layers}: JsonObject): JsonObject[] {
  return Array.isArray(layers) ? layers.filter(isObject) : [];
}

/** A layer's own name; in a Functional model it stands beside the configuration as well. */
function nameOf({name, config}: JsonObject): string {
  return String(name ?? (isObject(config) ? config.name : undefined));
}

function callsOf(layer: JsonObject): Call[] {
  const calls = Array.isArray(layer.inbound_nodes) ? layer.inbound_nodes : [];
  return calls.map((call) => ({layer: nameOf(layer), needs: tensorsIn(call)}));
}

/** All tensors that a call has, in whatever they stand: `[layer, node, index, ...]`. */
function tensorsIn(value: Json): [layer: string, node: number][] {
  if (Array.isArray(value)) {
    const [layer, node, index] = value;
    if (typeof layer === 'string' && typeof node === 'number' && typeof index === 'number') return [[layer, node]];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}
