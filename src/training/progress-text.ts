import {NO_VALUES} from './monitor.js';

const LONGEST_BAR = 30;
const SHORTEST_BAR = 5;

/** A bar of which a fraction is filled; empty where there is no room for one. */
export function barOf(fraction: number, room: number): string {
  const length = Math.min(room, LONGEST_BAR);
  if (length < SHORTEST_BAR) return '';
  const filled = Math.min(Math.floor(fraction * length), length);
  return '━'.repeat(filled) + '╌'.repeat(length - filled);
}

/** `loss 0.1234`, `acc 0.9876` ...; what is very small or large by its exponent. */
export function valuesText(values: Record<string, number>): string[] {
  return Object.entries(values).map(([name, value]) => {
    const size = Math.abs(value);
    return `${name} ${size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(2) : value.toFixed(4)}`;
  });
}

/** `850 ms`, `12 s`, `3:05`, `1:02:03`. */
export function durationText(seconds: number): string {
  if (seconds < 0.9995) return `${(1000 * seconds).toFixed(0)} ms`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [first, ...others] = parts[0] === 0 ? parts.slice(1) : parts;
  return [first, ...others.map((part) => String(part).padStart(2, '0'))].join(':');
}

/** Means over the examples of the batches so far, as Keras shows them. */
export class RunningMeans {
  private examples = 0;
  private readonly sums: Record<string, number> = {};

  /** @param logs of a batch, with its `size` */
  add(logs: Record<string, number>): void {
    const size = logs.size ?? 1;
    this.examples += size;
    for (const [name, value] of Object.entries(logs)) {
      if (!NO_VALUES.includes(name)) this.sums[name] = (this.sums[name] ?? 0) + value * size;
    }
  }

  values(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.sums).map(([name, sum]) => [name, sum / this.examples]));
  }
}
