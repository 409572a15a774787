import {
  cast,
  expandDims,
  type serialization,
  stack,
  type Tensor,
  tidy,
  unstack,
  where,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type {layers} from '@tensorflow/tfjs-layers';
import {type Kwargs, one, oneShape, type Shape} from './base.js';
import {type DropoutCell, forgetDropout} from './cell-dropout.js';
import {create} from './create.js';
import {CompositeLayer} from './wrapping.js';

type Layer = layers.Layer;
type Cell = Layer & DropoutCell & {stateSize: number | number[]};

export interface RecurrentOptions {
  /** The cell as a class and its configuration; `StackedRNNCells` for several. */
  cell: {className: string; config: serialization.ConfigDict};
  /** What Keras calls the layer: `LSTM`, `GRU` ... (in a model.json only a class name keeps its capitals). */
  standsFor: {className: string};
  returnSequences?: boolean;
  returnState?: boolean;
  goBackwards?: boolean;
  zeroOutputForMask?: boolean;
  /** How many initial states are given after the sequences. */
  states?: number;
  /** Whether the mask is the last input; else it is that which tfjs-layers hands on. */
  masked?: boolean;
  /** Whether there is none, whatever tfjs-layers hands on. */
  unmasked?: boolean;
}

/**
 * A recurrent layer as Keras 3 runs it: with masks, initial states and stacked cells, which tfjs-layers lacks or runs
 * otherwise. Inputs: the sequences [batch, steps, features], then the states and the mask, where the options say so.
 */
export class KerasRNN extends CompositeLayer<RecurrentOptions> {
  static readonly className = 'KerasRNN';
  readonly cell: Layer;

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.cell = create<Layer>(structuredClone(this.options.cell));
    if (config.trainable === false) this.cell.trainable = false;
  }

  get returnSequences(): boolean {
    return this.options.returnSequences ?? false;
  }

  get returnState(): boolean {
    return this.options.returnState ?? false;
  }

  protected override get parts(): readonly Layer[] {
    return this.cell === undefined ? [] : [this.cell];
  }

  override build(shape: Shape | Shape[]): void {
    const [batch, , ...features] = oneShape(shape);
    this.buildInner(this.cell, [batch, ...features]);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs = {}): Tensor | Tensor[] {
    return tidy(() => {
      const {states: count = 0, masked, unmasked, zeroOutputForMask = false} = this.options;
      const [x, ...others] = [inputs].flat();
      const handed = unmasked ? undefined : one((kwargs?.mask ?? undefined) as Tensor | undefined);
      const mask = masked ? others[count] : handed;
      const initial = count > 0 ? others.slice(0, count) : this.sizes().map((size) => zeros([x.shape[0], size]));
      for (const cell of this.allCells()) forgetDropout(cell);
      const {outputs, states} = this.run(x, initial, mask, zeroOutputForMask, kwargs?.training === true);
      const output = this.returnSequences ? stack(outputs, 1) : (outputs.at(-1) as Tensor);
      return this.returnState ? [output, ...states] : output;
    });
  }

  override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
    const [batch, steps] = oneShape(shape);
    const size = [this.allCells().at(-1)?.stateSize ?? 0].flat()[0];
    const output = this.returnSequences ? [batch, steps, size] : [batch, size];
    return this.returnState ? [output, ...this.sizes().map((state) => [batch, state])] : output;
  }

  override computeMask(_: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor | Tensor[] {
    const output = (this.returnSequences && !this.options.masked ? one(mask) : null) ?? null;
    return (this.returnState ? [output, ...this.sizes().map(() => null)] : output) as Tensor | Tensor[];
  }

  /** How many states it keeps from step to step. */
  get stateCount(): number {
    return this.sizes().length;
  }

  private allCells(): Cell[] {
    return (this.cell as Layer & {cells?: Cell[]}).cells ?? [this.cell as Cell];
  }

  private sizes(): number[] {
    return this.allCells().flatMap(({stateSize}) => stateSize);
  }

  private run(x: Tensor, initial: Tensor[], mask: Tensor | undefined, zero: boolean, training: boolean) {
    const order = <T>(list: T[]) => (this.options.goBackwards ? list.reverse() : list);
    const steps = order(unstack(x, 1));
    const kept = mask ? order(unstack(cast(mask, 'bool'), 1)).map((step) => expandDims(step, 1)) : undefined;
    const outputs: Tensor[] = [];
    let states = initial;
    let last: Tensor | undefined;
    for (const [t, x] of steps.entries()) {
      let {output, next} = this.step(x, states, training);
      if (kept) {
        const [keep, before] = [kept[t], states];
        // What came out before; at first that is the state of the last cell.
        const otherwise = zero ? zerosLike(output) : (last ?? states[this.lastCellsState()]);
        output = where(keep, output, otherwise);
        next = next.map((state, i) => where(keep, state, before[i]));
      }
      outputs.push(output);
      states = next;
      last = output;
    }
    return {outputs, states};
  }

  private lastCellsState(): number {
    return this.sizes().length - [this.allCells().at(-1)?.stateSize ?? 0].flat().length;
  }

  /** Through one cell after the other. */
  private step(x: Tensor, states: Tensor[], training: boolean): {output: Tensor; next: Tensor[]} {
    const next: Tensor[] = [];
    let output = x;
    let at = 0;
    for (const cell of this.allCells()) {
      const count = [cell.stateSize].flat().length;
      const [value, ...after] = cell.call([output, ...states.slice(at, at + count)], {training}) as Tensor[];
      output = value;
      next.push(...after);
      at += count;
    }
    return {output, next};
  }
}
