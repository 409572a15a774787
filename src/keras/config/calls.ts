import {isObject, type Json, type JsonObject} from '../json.js';
import {type LayerContext, refuse} from './context.js';
import {type Call, type Ref, refOf, refsIn} from './graph.js';

/** A call as tfjs-layers has it: tensors only. */
export interface PlainCall {
  inputs: Ref[];
  /** The initial states of a recurrent layer. */
  states: Ref[];
  /** The masks that the call itself names, by what they are of: the layer's input, or a part of attention. */
  masks: Map<string, Ref>;
  /** What the call tells a layer beyond tensors. */
  options: JsonObject;
}

const RECURRENT = /^(SimpleRNN|LSTM|GRU|RNN|Bidirectional|ConvLSTM\dD)$/;
const ATTENTION = /^(Additive)?Attention$/;

/** Takes a call of a layer apart; arguments that would change anything and are not understood are refused. */
export function plainCall(className: string, {args, kwargs, inputs}: Call, context: LayerContext): PlainCall {
  const call: PlainCall = {inputs: [...inputs], states: [], masks: new Map(), options: {}};
  const named = {...kwargs};
  const take = (name: string): Json | undefined => {
    const value = named[name];
    delete named[name];
    return value;
  };
  let rest = args.slice(1);
  if (className === 'MultiHeadAttention') {
    const key = rest[1] ?? take('key');
    call.inputs.push(...refsIn(rest[0] ?? take('value')), ...refsIn(key));
    rest = rest.slice(2);
    call.options.inputs = call.inputs.length;
    for (const of of ['query', 'value', 'key', 'attention']) keepMask(call, of, take(`${of}_mask`));
  }
  if (ATTENTION.test(className)) {
    call.options.inputs = call.inputs.length;
    const masks = [rest.shift() ?? take('mask') ?? []].flat();
    keepMask(call, 'query', masks[0]);
    keepMask(call, 'value', masks[1]);
  }
  if (take('use_causal_mask') === true) call.options.causal = true;
  if (RECURRENT.test(className)) {
    call.states.push(...refsIn(rest.shift()), ...refsIn(take('initial_state')));
    keepMask(call, 'input', rest.shift());
    // Keras 2 counts the states among the inputs.
    if (className !== 'MultiHeadAttention') call.states.unshift(...call.inputs.splice(1));
  }
  if (named.mask !== undefined && !Array.isArray(named.mask)) keepMask(call, 'input', take('mask'));
  // A mask for each input; they are those that the inputs have.
  if (Array.isArray(named.mask) && [named.mask].flat().every((mask) => mask === null)) delete named.mask;
  rest.forEach((value, i) => {
    if (value !== null)
      refuse(context, `called with more than its inputs: argument ${args.length - rest.length + i + 1}`);
  });
  checkArguments(named, context);
  if (args.length > 0 && inputs.length === 0) {
    refuse(context, 'called with a constant or a nested structure in place of tensors');
  }
  return call;
}

function keepMask(call: PlainCall, of: string, value: Json | undefined): void {
  const ref = refOf(value);
  if (ref) call.masks.set(of, ref);
}

function checkArguments(kwargs: JsonObject, context: LayerContext): void {
  for (const [name, value] of Object.entries(kwargs)) {
    if (value === null || value === false || isEmpty(value)) continue;
    refuse(context, `called with ${name}=${JSON.stringify(value).slice(0, 60)}`);
  }
}

function isEmpty(value: Json): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}
