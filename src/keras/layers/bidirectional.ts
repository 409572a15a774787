import {add, concat, mul, reverse, type serialization, type Tensor, tidy} from '@tensorflow/tfjs-core';
import {input, type layers} from '@tensorflow/tfjs-layers';
import {type Kwargs, one, oneShape, type Shape} from './base.js';
import {create} from './create.js';
import type {KerasRNN} from './recurrent.js';
import {CompositeLayer} from './wrapping.js';

type Layer = layers.Layer;

interface BidirectionalOptions {
  forward: {className: string; config: serialization.ConfigDict};
  backward: {className: string; config: serialization.ConfigDict};
  mergeMode?: 'concat' | 'sum' | 'ave' | 'mul' | null;
  states?: number;
  masked?: boolean;
}

/** Two {@link KerasRNN}, which may differ, one in each direction. Inputs as theirs; states forward ones first. */
export class KerasBidirectional extends CompositeLayer<BidirectionalOptions> {
  static readonly className = 'KerasBidirectional';
  readonly forwardLayer: KerasRNN;
  readonly backwardLayer: KerasRNN;

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.forwardLayer = create<KerasRNN>(structuredClone(this.options.forward));
    this.backwardLayer = create<KerasRNN>(structuredClone(this.options.backward));
    if (config.trainable === false) for (const part of this.parts) part.trainable = false;
  }

  protected override get parts(): readonly Layer[] {
    return this.backwardLayer === undefined ? [] : [this.forwardLayer, this.backwardLayer];
  }

  override build(shape: Shape | Shape[]): void {
    // Applied, not only built: then their weights' names begin with theirs.
    for (const part of this.parts) part.apply(input({batchShape: oneShape(shape)}));
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs = {}): Tensor | Tensor[] {
    return tidy(() => {
      const {states = 0, masked, mergeMode = 'concat'} = this.options;
      const [x, ...others] = [inputs].flat();
      const mask = masked ? [others[states]] : [];
      const [forward, ...forwardStates] = [
        this.forwardLayer.call([x, ...others.slice(0, states / 2), ...mask], kwargs),
      ].flat();
      const [backward, ...backwardStates] = [
        this.backwardLayer.call([x, ...others.slice(states / 2, states), ...mask], kwargs),
      ].flat();
      const back = this.forwardLayer.returnSequences ? reverse(backward, 1) : backward;
      const output = merged(forward, back, mergeMode);
      const all = this.forwardLayer.returnState ? [...output, ...forwardStates, ...backwardStates] : output;
      return all.length === 1 ? all[0] : all;
    });
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
    const {mergeMode = 'concat'} = this.options;
    const shapesOf = (layer: KerasRNN) => {
      const shapes = layer.computeOutputShape(shape);
      return (Array.isArray(shapes[0]) ? shapes : [shapes]) as Shape[];
    };
    const [forward, ...forwardStates] = shapesOf(this.forwardLayer);
    const [backward, ...backwardStates] = shapesOf(this.backwardLayer);
    const joined = [...forward.slice(0, -1), (forward.at(-1) as number) + (backward.at(-1) as number)];
    const outputs = mergeMode === null ? [forward, backward] : [mergeMode === 'concat' ? joined : forward];
    const all = this.forwardLayer.returnState ? [...outputs, ...forwardStates, ...backwardStates] : outputs;
    return all.length === 1 ? all[0] : all;
  }

  override computeMask(inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor | Tensor[] {
    const own = one(this.forwardLayer.computeMask(inputs, mask));
    const outputs = this.options.mergeMode === null ? [own, own] : [own];
    if (!this.forwardLayer.returnState) return outputs.length === 1 ? own : outputs;
    const states = this.forwardLayer.stateCount + this.backwardLayer.stateCount;
    return [...outputs, ...Array<Tensor>(states).fill(null as unknown as Tensor)];
  }
}

function merged(forward: Tensor, backward: Tensor, mode: BidirectionalOptions['mergeMode']): Tensor[] {
  switch (mode) {
    case 'concat':
      return [concat([forward, backward], -1)];
    case 'sum':
      return [add(forward, backward)];
    case 'ave':
      return [mul(add(forward, backward), 0.5)];
    case 'mul':
      return [mul(forward, backward)];
    default:
      return [forward, backward];
  }
}
