import {isObject, type Json, type JsonObject} from '../json.js';
import {withActivationLayers} from './activation-layers.js';
import {type PlainCall, plainCall} from './calls.js';
import {type Context, type ConvertedLayer, type LayerContext, refuse, type Use} from './context.js';
import {callsOf, endsOf, type Ref} from './graph.js';
import {MaskGraph, type Node} from './mask-graph.js';
import {changesNothing, makesMask, passesMask, shapeAfter, usesMask} from './masks.js';
import {isModelClass} from './model-class.js';
import {convertOperation, operationOf} from './operations.js';

export {isModelClass} from './model-class.js';

/** A Sequential or Functional model of Keras 2 or 3, and all that is in it, as tfjs-layers takes it. */
export function convertModel(entry: JsonObject, context: Context, use: Use): ConvertedLayer {
  const className = String(entry.class_name);
  // Before 2.2.3 a Sequential model's configuration was the list of its layers.
  const whole: JsonObject = Array.isArray(entry.config) ? {layers: entry.config} : ((entry.config ?? {}) as JsonObject);
  const config = withActivationLayers(whole, className === 'Sequential');
  const given = String(config.name ?? entry.name ?? className);
  const name = context.names.get(given) ?? given;
  const entries = (Array.isArray(config.layers) ? config.layers : []).filter(isObject);
  if (entries.length === 0) {
    context.unsupported.push({className, name: given, reason: 'no layers: not a Sequential or Functional model'});
    return {className, config: {}};
  }
  if (className !== 'Sequential' && use.mask === 'handed' && entries.some(usesMaskWithin)) {
    refuseMask(entry, 'its input has a mask, which layers within it use', context);
  }
  return className === 'Sequential'
    ? convertSequential(name, entries, config, context, use)
    : convertFunctional(name, entries, config, context);
}

function convertSequential(
  name: string,
  entries: JsonObject[],
  config: JsonObject,
  context: Context,
  use: Use,
): ConvertedLayer {
  const layers = convertChain(entries, context, use);
  const [first, second] = layers;
  // Keras 2 says it twice; tfjs-layers makes the same input from the layer that follows.
  if (first.className === 'InputLayer' && second?.config.batchInputShape) {
    return {className: 'Sequential', config: {name, layers: layers.slice(1)}};
  }
  if (!isModelClass(first.className) && !first.config.batchInputShape) {
    if (Array.isArray(config.build_input_shape)) first.config.batchInputShape = config.build_input_shape;
    else if (context.unsupported.length === 0) {
      const reason = 'no input shape: the model was saved before it was built';
      context.unsupported.push({className: 'Sequential', name, reason});
    }
  }
  return {className: 'Sequential', config: {name, layers}};
}

/**
 * Each layer with the mask that it has in Keras: tfjs-layers hands on the last one that a layer was given. It hands on
 * none that a model within ends with, or that is a tensor there.
 */
function convertChain(entries: JsonObject[], context: Context, use: Use): ConvertedLayer[] {
  let masked = use.mask === 'handed';
  let isLost = false;
  let shape: Json[] | undefined;
  return entries.map((entry) => {
    const before = shape;
    shape = shapeAfter(entry, before);
    if (masked && isLost && usesMaskWithin(entry)) refuseMask(entry, 'its mask comes out of a model within', context);
    const mask = masked ? 'handed' : 'none';
    const converted = context.convert(entry, context, context.hasMasks ? {mask} : {});
    if (isModelClass(String(entry.class_name))) {
      masked = chainKeepsMask(entry, masked, context);
      isLost = masked && losesMask(entry);
    } else if (makesMask(entry)) {
      masked = true;
      isLost = false;
    } else if (entry.class_name !== 'InputLayer' && !changesNothing(entry, before)) {
      masked &&= passesMask(entry, context.masksPassRecurrent);
    }
    return converted;
  });
}

function layersOf({config}: JsonObject): JsonObject[] {
  return isObject(config) && Array.isArray(config.layers) ? config.layers.filter(isObject) : [];
}

function usesMaskWithin(entry: JsonObject): boolean {
  return isModelClass(String(entry.class_name)) ? layersOf(entry).some(usesMaskWithin) : usesMask(entry);
}

function losesMask(entry: JsonObject): boolean {
  const last = layersOf(entry).at(-1);
  return entry.class_name !== 'Sequential' || (last !== undefined && makesMask(last));
}

function refuseMask(entry: JsonObject, reason: string, context: Context): void {
  const config = isObject(entry.config) ? entry.config : {};
  refuse({...context, className: String(entry.class_name), name: String(config.name ?? entry.name)}, reason);
}

function chainKeepsMask(entry: JsonObject, masked: boolean, context: Context): boolean {
  return layersOf(entry).reduce(
    (kept, layer) =>
      makesMask(layer) ||
      (kept && (layer.class_name === 'InputLayer' || passesMask(layer, context.masksPassRecurrent))),
    masked,
  );
}

function convertFunctional(name: string, entries: JsonObject[], config: JsonObject, context: Context): ConvertedLayer {
  // In tfjs-layers and Keras 2 a model's first node is its own and its calls come after; Keras 3 counts calls alone,
  // except where a Functional model is among the outputs.
  const models = context.major >= 3 ? namesOf(entries, isModelClass) : new Set<string>();
  const sequentials = context.major >= 3 ? namesOf(entries, (name) => name === 'Sequential') : new Set<string>();
  const refer =
    (shifted: ReadonlySet<string>) =>
    (ref: Ref): Json[] =>
      place(ref, shifted, context);
  const graph = context.hasMasks ? masksOf(entries, context) : undefined;
  const layers: JsonObject[] = entries.map((entry) => {
    const {layer, inputs} = convertNode(entry, graph, context);
    const called = inputs.map((refs) => refs.map((ref) => [...refer(models)(ref), {}]));
    return {...layer, name: layer.config.name ?? entry.name, inboundNodes: called};
  });
  for (const {inputs, name, ...operation} of graph?.layers ?? []) {
    const called = [inputs.map((ref) => [...refer(models)(ref), {}])];
    layers.push({className: 'KerasOperation', config: {name, ...operation}, name, inboundNodes: called});
  }
  const ends = (key: string): Json => endsOf(config[key]).map(refer(sequentials));
  return {
    className: 'Model',
    config: {name, layers, inputLayers: ends('input_layers'), outputLayers: ends('output_layers')},
  };
}

function place([layer, node, index]: Ref, shifted: ReadonlySet<string>, context: Context): Json[] {
  return [context.names.get(layer) ?? layer, node + (shifted.has(layer) ? 1 : 0), index];
}

function masksOf(entries: JsonObject[], context: Context): MaskGraph {
  // What is wrong with a call is told where its layer is converted.
  const silent = {...context, unsupported: []};
  const nodes = entries.map((entry): Node => {
    const here: LayerContext = {...silent, className: String(entry.class_name), name: String(entry.name)};
    const operation = operationOf(entry);
    const plain = (call: ReturnType<typeof callsOf>[number]): PlainCall => plainCall(here.className, call, here);
    const calls = operation === undefined ? callsOf(entry).map(plain) : operationCalls(operation, entry, here);
    return {
      entry: operation === undefined ? entry : {class_name: '', name: entry.name},
      name: String(entry.name),
      calls,
    };
  });
  return new MaskGraph(nodes, context);
}

function operationCalls(operation: string, entry: JsonObject, context: LayerContext): PlainCall[] {
  return convertOperation(operation, entry, callsOf(entry), context).inputs.map((inputs) => ({
    inputs,
    states: [],
    masks: new Map(),
    options: {},
  }));
}

/** A layer of a Functional model, and the tensors of each of its calls. */
function convertNode(
  entry: JsonObject,
  graph: MaskGraph | undefined,
  context: Context,
): {layer: ConvertedLayer; inputs: Ref[][]} {
  const className = String(entry.class_name);
  const here: LayerContext = {...context, className, name: String(entry.name ?? className)};
  const operation = operationOf(entry);
  if (operation !== undefined) return convertOperation(operation, entry, callsOf(entry), here);
  const calls = callsOf(entry).map((call) => plainCall(className, call, here));
  const uses = calls.map((call) => useOf(entry, call, graph, here));
  const [{use} = {use: {}}] = uses;
  if (uses.some((other) => JSON.stringify(other.use) !== JSON.stringify(use))) {
    refuse(here, 'called more than once, with other masks, states or options');
  }
  return {layer: context.convert(withoutMask(entry), context, use), inputs: uses.map(({inputs}) => inputs)};
}

/** How a layer is called, and with which tensors: its inputs, its states, its masks. */
function useOf(
  entry: JsonObject,
  call: PlainCall,
  graph: MaskGraph | undefined,
  context: LayerContext,
): {use: Use; inputs: Ref[]} {
  const inputs = [...call.inputs, ...call.states];
  const states = call.states.length;
  if (/Attention$/.test(context.className)) {
    const masks = attentionMasks(call, graph, context.className);
    const options = {...call.options, ...(masks.length > 0 ? {masks: masks.map(([of]) => of)} : {})};
    return {use: {options}, inputs: [...inputs, ...masks.map(([, ref]) => ref)]};
  }
  if (!usesMask(entry)) return {use: {states}, inputs};
  const mask = call.masks.get('input') ?? graph?.of(call.inputs[0]);
  if (mask === undefined) return {use: graph ? {mask: 'none', states} : {states}, inputs};
  return {use: {mask: 'input', states}, inputs: [...inputs, mask]};
}

function attentionMasks(call: PlainCall, graph: MaskGraph | undefined, className: string): [string, Ref][] {
  const multi = className === 'MultiHeadAttention';
  const parts = multi ? ['query', 'value', 'key', 'attention'] : ['query', 'value'];
  return parts.flatMap((of, i): [string, Ref][] => {
    const ref = call.masks.get(of) ?? (of === 'attention' ? undefined : graph?.of(call.inputs[i]));
    return ref ? [[of, ref]] : [];
  });
}

/** In a Functional model masks are tensors: the layers that make them in Keras make none here. */
function withoutMask(entry: JsonObject): JsonObject {
  if (entry.class_name === 'Masking') return {...entry, class_name: 'KerasMasking'};
  if (!makesMask(entry) || !isObject(entry.config)) return entry;
  return {...entry, config: {...entry.config, mask_zero: false}};
}

function namesOf(entries: JsonObject[], isOne: (className: string) => boolean): Set<string> {
  return new Set(entries.filter((entry) => isOne(String(entry.class_name))).map(({name}) => String(name)));
}
