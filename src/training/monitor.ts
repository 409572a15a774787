import type {Scalar} from '@tensorflow/tfjs-core';
import {assertText, misfit} from '../shared/given.js';

/** What tfjs-layers hands to a callback at the end of an epoch: some of the values are still on the backend. */
export type EpochLogs = Record<string, number | Scalar>;

/** What tfjs-layers puts into a batch's logs beside values. */
export const NO_VALUES = ['batch', 'size'];

/** Whether less or more is better; `auto` tells it from the name. */
export type MonitorMode = 'auto' | 'min' | 'max';

const MORE_IS_BETTER = /acc(uracy)?$|auc|precision|recall|f1/i;
const LESS_IS_BETTER = /loss|error|crossentropy|divergence|(^|_)(mse|mae|mape|msle|rmse)$/i;

/** A value of the logs that a callback follows, and what counts as better. */
export class Monitor {
  /** What is worse than any value. */
  readonly worst: number;

  /** @throws RangeError where the mode is unknown, or `auto` and the name does not tell. */
  constructor(
    readonly name: string,
    mode: MonitorMode,
  ) {
    assertText('monitor', 'the name of a value, such as val_loss', name);
    if (!['auto', 'min', 'max'].includes(mode)) {
      throw new RangeError(misfit('mode', "'auto', 'min' or 'max'", mode));
    }
    const more = mode === 'auto' ? MORE_IS_BETTER.test(name) : mode === 'max';
    if (mode === 'auto' && !more && !LESS_IS_BETTER.test(name)) {
      throw new RangeError(`mode: whether less or more of '${name}' is better is not known; pass 'min' or 'max'.`);
    }
    this.worst = more ? -Infinity : Infinity;
  }

  /** Whether a value is better than another by more than `margin`; NaN is better than nothing. */
  isBetter(value: number, than: number, margin = 0): boolean {
    return this.worst > 0 ? value + margin < than : value - margin > than;
  }

  /** The value of this epoch; tfjs-layers' `acc` is Keras's `accuracy`. Undefined where the logs have none. */
  async valueIn(logs: EpochLogs = {}): Promise<number | undefined> {
    const names = [this.name, this.name.replace(/accuracy$/, 'acc'), this.name.replace(/acc$/, 'accuracy')];
    const name = names.find((candidate) => candidate in logs);
    return name === undefined ? undefined : numberOf(logs[name]);
  }

  /** As Keras and tfjs-layers do: a training that runs for hours does not end over a name. */
  warnOfAbsence(callback: string, logs: EpochLogs = {}): void {
    const present = Object.keys(logs).join(', ');
    console.warn(`${callback}: there is no '${this.name}' to monitor in this epoch; there are: ${present || 'none'}.`);
  }
}

/** The logs as numbers; they stay as they are, as tfjs-layers disposes what it finds in them. */
export async function resolved(logs: EpochLogs = {}): Promise<Record<string, number>> {
  const entries = Object.entries(logs).map(async ([name, value]) => [name, await numberOf(value)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** tfjs-layers' `acc` is Keras's `accuracy`. */
export function kerasName(metric: string): string {
  return metric.replace(/(^|_)acc$/, '$1accuracy');
}

async function numberOf(value: number | Scalar): Promise<number> {
  return typeof value === 'number' ? value : (await value.data())[0];
}
