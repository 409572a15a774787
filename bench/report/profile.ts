import type {MemorySpeed} from '../memory-speed';
import {GROUPS, type Group} from '../profile/groups';
import type {Product, Traffic} from '../profile/meter';
import type {Profile} from '../profile/profile';
import {formatMilliseconds, formatPercent} from './format';
import {type Table, text} from './table';

/** What bounds a step on the machine that it was measured on. */
export interface Bounds {
  /** GFLOP/s of all threads. */
  peakGflops: number;
  memory?: MemorySpeed;
}

/** What a step is spent on, its products, and its kernels. */
export function profileTables(profile: Profile, bounds: Bounds): Table[] {
  return [groupTable(profile, bounds), productTable(profile, bounds), kernelTable(profile)];
}

function groupTable({model, batch, groups, products, chains, updates}: Profile, bounds: Bounds): Table {
  const {memory} = bounds;
  const total = Object.values(groups).reduce((sum, time) => sum + time);
  const known: Partial<Record<Group, {by: string; bound: string}>> = {
    products: boundOfProducts(products, bounds),
    ...(memory && {'element-wise chains': boundOfTraffic(chains, memory), optimizer: boundOfTraffic(updates, memory)}),
  };
  const rows = GROUPS.filter((group) => groups[group] > 0).map((group) => [
    group,
    known[group]?.by ?? '',
    formatMilliseconds(groups[group]),
    formatPercent(groups[group] / total),
    known[group]?.bound ?? '',
  ]);
  rows.push(['all', '', formatMilliseconds(total), formatPercent(1), '']);
  return {
    title: `What a training step of ${model}, batch ${batch}, is spent on`,
    note:
      'By a sampling profiler, on the thread that calls: means over the middle half of the steps, of garbage collection over all. ' +
      'Products are without their packing and transforms, the optimizer is with what it calls. Bounds: of products by minimal ' +
      'filtering where that is used, and by direct sums; of passes over tensors where these are in the caches, and in memory.',
    head: ['part', 'of', 'ms', 'share', 'bound, ms'],
    texts: 2,
    rows: rows.map((row) => row.map(text)),
  };
}

function boundOfProducts(products: readonly Product[], {peakGflops}: Bounds): {by: string; bound: string} {
  const sum = (of: (product: Product) => number) =>
    products.reduce((total, product) => total + product.calls * of(product), 0);
  const [least, direct] = [sum(({leastFlops}) => leastFlops), sum(({flops}) => flops)];
  const gigaflop = range(least / 1e9, direct / 1e9, (value) => value.toFixed(value < 1 ? 3 : 2));
  const bound = range(millisecondsAt(least, peakGflops), millisecondsAt(direct, peakGflops), formatMilliseconds);
  return {by: `${gigaflop} GFLOP at ${peakGflops.toFixed(1)} GFLOP/s`, bound};
}

function boundOfTraffic({calls, bytes}: Traffic, {cached, uncached}: MemorySpeed): {by: string; bound: string} {
  const speeds = `${cached.toFixed(1)} or ${uncached.toFixed(1)} GB/s`;
  return {
    by: `${calls} passes over ${(bytes / 1e6).toFixed(1)} MB at ${speeds}`,
    bound: range(bytes / cached / 1e6, bytes / uncached / 1e6, formatMilliseconds),
  };
}

function range(low: number, high: number, format: (value: number) => string): string {
  return format(low) === format(high) ? format(low) : `${format(low)} to ${format(high)}`;
}

function productTable({model, batch, products}: Profile, {peakGflops}: Bounds): Table {
  return {
    title: `Products of a training step of ${model}, batch ${batch}, with their packing and transforms`,
    note:
      `% of the peak is that of the direct sum. Bounds at the peak of ${peakGflops.toFixed(1)} GFLOP/s: of the direct sum, and of ` +
      'minimal filtering where that is used.',
    head: ['product', 'calls', 'ms', 'MFLOP', '% of peak', 'bound, ms', 'by minimal filtering'],
    texts: 1,
    rows: products.map(({title, calls, milliseconds, flops, leastFlops}) => {
      const bound = millisecondsAt(calls * flops, peakGflops);
      const least = leastFlops < flops ? formatMilliseconds(millisecondsAt(calls * leastFlops, peakGflops)) : '';
      const figures = [formatMilliseconds(milliseconds), ((calls * flops) / 1e6).toFixed(2)];
      return [
        title,
        String(calls),
        ...figures,
        formatPercent(bound / milliseconds),
        formatMilliseconds(bound),
        least,
      ].map(text);
    }),
  };
}

function millisecondsAt(flops: number, gflops: number): number {
  return flops / gflops / 1e6;
}

function kernelTable({model, batch, milliseconds, captured, steps, lines, overhead}: Profile): Table {
  const total = lines.reduce((sum, line) => sum + line.milliseconds, 0);
  const ofCaptured = captured === undefined ? '' : `${formatMilliseconds(captured)} ms captured, `;
  const step = `${formatMilliseconds(milliseconds)} ms, ${ofCaptured}${formatMilliseconds(total)} ms while profiled`;
  const {calls: count, tfjs, ours} = overhead;
  const idle = `${count} calls that do nothing: ${tfjs.toFixed(2)} us each for tfjs, ${ours.toFixed(2)} us for our part`;
  return {
    title: `A training step of ${model}, batch ${batch}: ${step}, mean of the middle half of ${steps} steps; ${idle}`,
    head: ['kernel', 'calls', 'ms', 'share'],
    texts: 1,
    rows: lines.map(({name, calls, milliseconds: ms}) => [
      ...[name, calls === undefined ? '' : String(calls), formatMilliseconds(ms), formatPercent(ms / total)].map(text),
    ]),
  };
}
