import {isObject, type Json, type JsonObject} from '../json.js';
import type {PlainCall} from './calls.js';
import {type Context, refuse} from './context.js';
import {keyOf, type Ref} from './graph.js';
import {makesMask, passesMask, usesMask} from './masks.js';
import {isModelClass} from './model-class.js';

/** A layer of a model with its calls taken apart. */
export interface Node {
  entry: JsonObject;
  name: string;
  calls: PlainCall[];
}

/** A layer that computes a mask, in Keras's own form of an operation. */
interface MaskLayer {
  name: string;
  operation: string;
  arguments: Json[];
  settings: JsonObject;
  inputs: Ref[];
}

const MERGING = new Set(['Add', 'Average', 'Maximum', 'Minimum', 'Multiply', 'Subtract']);

/**
 * Finds which tensors of a Functional model have masks, and makes of each mask that a layer uses a tensor of its own:
 * the layers that compute them, and each call's. tfjs-layers' own masks get lost on the way, or reach the wrong layer.
 */
export class MaskGraph {
  readonly layers: MaskLayer[] = [];
  private readonly masks = new Map<string, Ref>();
  private readonly made = new Map<string, Ref>();

  constructor(
    nodes: readonly Node[],
    private readonly context: Context,
  ) {
    for (const [node, call, index] of inOrder(nodes)) this.visit(node, call, index);
  }

  /** The mask of a tensor; undefined where it has none. */
  of(ref: Ref | undefined): Ref | undefined {
    return ref && this.masks.get(keyOf(ref));
  }

  private visit({entry, name}: Node, call: PlainCall, index: number): void {
    const className = String(entry.class_name);
    const output: Ref = [name, index, 0];
    const given = call.masks.get('input') ?? this.of(call.inputs[0]);
    const set = (mask: Ref | undefined) => {
      if (mask) this.masks.set(keyOf(output), mask);
    };
    if (makesMask(entry)) {
      set(this.source(entry, call.inputs[0]));
      return;
    }
    if (isModelClass(className)) {
      this.throughModel({entry, name, calls: []}, call, set);
      return;
    }
    if (MERGING.has(className)) set(this.merged(call.inputs));
    else if (className === 'Concatenate') set(this.concatenated(entry, call.inputs));
    else if (/Attention$/.test(className)) set(call.masks.get('query') ?? this.of(call.inputs[0]));
    else if (passesMask(entry, this.context.masksPassRecurrent)) set(given);
  }

  private source({class_name: className, config}: JsonObject, input: Ref): Ref {
    const value = isObject(config) && className === 'Masking' ? (config.mask_value ?? 0) : 0;
    const kept = this.make('notEqual', [{input: 0}, value], {}, [input]);
    return className === 'Masking' ? this.make('any', [{input: 0}], {axis: -1}, [kept]) : kept;
  }

  /** Keras 3 keeps what any of the inputs keeps, Keras 2 what all do. */
  private merged(inputs: readonly Ref[]): Ref | undefined {
    const masks = inputs.map((input) => this.of(input));
    const there = masks.filter((mask) => mask !== undefined);
    const {major} = this.context;
    if (there.length === 0 || (major >= 3 && there.length < masks.length)) return undefined;
    const operation = major >= 3 ? 'logicalOr' : 'logicalAnd';
    return there.reduce((a, b) => this.make(operation, [{input: 0}, {input: 1}], {}, [a, b]));
  }

  private concatenated({config}: JsonObject, inputs: readonly Ref[]): Ref | undefined {
    const axis = isObject(config) ? (config.axis ?? -1) : -1;
    const masks = inputs.map((input) => this.of(input));
    if (masks.every((mask) => mask === undefined)) return undefined;
    const ones = (input: Ref) =>
      this.make('any', [{input: 0}], {axis: -1}, [this.make('onesLike', [{input: 0}], {}, [input])]);
    const all = masks.map((mask, i) => mask ?? ones(inputs[i]));
    if (axis === 1) {
      const list = all.map((_, i) => ({input: i}));
      return this.make('concatenate', [list], {axis: 1}, all);
    }
    const operation = this.context.major >= 3 ? 'logicalOr' : 'logicalAnd';
    return all.reduce((a, b) => this.make(operation, [{input: 0}, {input: 1}], {}, [a, b]));
  }

  /** Masks that go into a model within or come out of it are known where it is a chain that begins with an embedding. */
  private throughModel({entry, name}: Node, call: PlainCall, set: (mask: Ref | undefined) => void): void {
    const config = isObject(entry.config) ? entry.config : {};
    const layers = (Array.isArray(config.layers) ? config.layers : []) as JsonObject[];
    const inner = layers.filter(({class_name: className}) => className !== 'InputLayer');
    const carries = call.inputs.some((input) => this.of(input));
    if (carries && inner.some((layer) => usesMask(layer) || isModelClass(String(layer.class_name)))) {
      refuse(
        {...this.context, className: String(entry.class_name), name},
        'its input has a mask, which layers within it use',
      );
    }
    const [first, ...others] = inner;
    if (entry.class_name === 'Sequential' && first && makesMask(first)) {
      const passes = others.every((layer) => passesMask(layer, this.context.masksPassRecurrent));
      if (passes) set(this.source(first, call.inputs[0]));
    }
  }

  /** A layer that computes a mask: one for the same of the same. */
  private make(operation: string, args: Json[], settings: JsonObject, inputs: Ref[]): Ref {
    const key = JSON.stringify([operation, args, settings, inputs]);
    const known = this.made.get(key);
    if (known) return known;
    const name = `mask_${this.layers.length + 1}`;
    this.layers.push({name, operation, arguments: args, settings, inputs});
    const ref: Ref = [name, 0, 0];
    this.made.set(key, ref);
    return ref;
  }
}

/** All calls, each after those that make its inputs. */
function inOrder(nodes: readonly Node[]): [Node, PlainCall, number][] {
  const waiting = nodes.flatMap((node) => node.calls.map((call, i): [Node, PlainCall, number] => [node, call, i]));
  const done = new Set<string>();
  const ready = nodes.filter(({calls}) => calls.length === 0).map(({name}) => name);
  for (const name of ready) done.add(`${name}/0`);
  const ordered: [Node, PlainCall, number][] = [];
  for (let left = waiting; left.length > 0; ) {
    const next = left.filter(([, {inputs, states}]) =>
      [...inputs, ...states].every(([layer, node]) => done.has(`${layer}/${node}`)),
    );
    // A reference to what is not there: tfjs-layers says so.
    if (next.length === 0) return [...ordered, ...left];
    for (const [node, , i] of next) done.add(`${node.name}/${i}`);
    ordered.push(...next);
    left = left.filter((item) => !next.includes(item));
  }
  return ordered;
}
