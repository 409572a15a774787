import {isObject, type Json, type JsonObject} from '../json.js';
import {type ConvertedLayer, type LayerContext, refuse, type Use} from './context.js';

const PLAIN = new Set(['SimpleRNN', 'LSTM', 'GRU']);
/** What belongs to the layer; the rest is its cell's. */
const OF_LAYER = new Set(['name', 'trainable', 'dtype', 'batchInputShape']);
const FLAGS = ['returnSequences', 'returnState', 'goBackwards', 'zeroOutputForMask'];

/**
 * A recurrent layer as our own, where tfjs-layers' own would compute something else: GRU with `reset_after`, several
 * cells, initial states, masks that are not handed on.
 *
 * @param config As tfjs-layers would take it.
 */
export function recurrentStandIn(
  className: string,
  config: JsonObject,
  use: Use,
  context: LayerContext,
): ConvertedLayer | undefined {
  if (PLAIN.has(className) || className === 'RNN') {
    return needsOwn(className, config, use) ? ownRecurrent(className, config, use, context) : undefined;
  }
  if (className === 'Bidirectional') return ownBidirectional(config, use, context);
  if (className === 'GRUCell' && config.resetAfter === true) {
    return {className: 'KerasGRUCell', config};
  }
  return undefined;
}

function needsOwn(className: string, config: JsonObject, {mask, states = 0}: Use): boolean {
  if (mask === 'input' || mask === 'none' || states > 0 || config.zeroOutputForMask === true) return true;
  if (className === 'GRU') return config.resetAfter === true;
  return (
    className === 'RNN' &&
    isObject(config.cell) &&
    ['KerasGRUCell', 'StackedRNNCells'].includes(String(config.cell.className))
  );
}

function ownRecurrent(className: string, config: JsonObject, use: Use, context: LayerContext): ConvertedLayer {
  if (config.stateful === true) refuse(context, 'stateful: true, together with a mask, a state or a cell of Keras 3');
  const own: JsonObject = {standsFor: {className}};
  for (const key of [...OF_LAYER, ...FLAGS]) if (config[key] !== undefined) own[key] = config[key];
  own.cell = className === 'RNN' ? config.cell : cellOf(className, config);
  return {className: 'KerasRNN', config: {...own, ...usage(use)}};
}

/** What a layer of ours has to know of how it is called. */
export function usage({mask, states = 0}: Use): JsonObject {
  return {
    ...(mask === 'input' ? {masked: true} : {}),
    ...(mask === 'none' ? {unmasked: true} : {}),
    ...(states > 0 ? {states} : {}),
  };
}

function cellOf(className: string, config: JsonObject): JsonObject {
  const own = Object.entries(config).filter(
    ([key]) => !OF_LAYER.has(key) && !FLAGS.includes(key) && key !== 'stateful' && key !== 'unroll',
  );
  const cell: JsonObject = {...Object.fromEntries(own), name: `${config.name}_cell`};
  if (className === 'GRU' && config.resetAfter !== true) delete cell.resetAfter;
  const cellClass = className === 'GRU' && config.resetAfter === true ? 'KerasGRUCell' : `${className}Cell`;
  return {className: cellClass, config: cell};
}

/** @param config With `layer` and, where the file has it, `backwardLayer`, both converted. */
function ownBidirectional(config: JsonObject, use: Use, context: LayerContext): ConvertedLayer | undefined {
  const {layer, backwardLayer, ...rest} = config;
  const forward = layer as ConvertedLayer;
  const backward = isObject(backwardLayer) ? (backwardLayer as ConvertedLayer) : reversed(forward);
  const {mask, states = 0} = use;
  const needed = mask === 'input' || mask === 'none' || states > 0 || forward.className === 'KerasRNN';
  if (!needed && !isObject(backwardLayer)) return undefined;
  if (!needed && same(backward, reversed(forward))) return undefined;
  const half: Use = {mask, states: states / 2};
  const own = (part: ConvertedLayer): Json => {
    if (part.className === 'KerasRNN') return {...part, config: {...part.config, ...usage(half)}};
    if (PLAIN.has(part.className) || part.className === 'RNN') {
      return ownRecurrent(part.className, part.config, half, context);
    }
    refuse(context, `a ${part.className} within, together with a mask, a state or a backward layer of its own`);
    return part;
  };
  return {
    className: 'KerasBidirectional',
    config: {...rest, forward: own(forward), backward: own(backward), ...usage(use)},
  };
}

function reversed(layer: ConvertedLayer): ConvertedLayer {
  const {config} = layer;
  return {...layer, config: {...config, name: `${config.name}_backward`, goBackwards: config.goBackwards !== true}};
}

function same(a: ConvertedLayer, b: ConvertedLayer): boolean {
  const plain = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(plain);
    if (!isObject(value)) return value;
    const kept = Object.entries(value).filter(([key]) => key !== 'name');
    return Object.fromEntries(kept.sort(([x], [y]) => (x < y ? -1 : 1)).map(([key, item]) => [key, plain(item)]));
  };
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}
