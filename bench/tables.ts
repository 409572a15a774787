import {newTable} from '../test/parity/terminal';
import type {KernelResult} from './kernels';
import type {ModelResult} from './models';

/** The backend that the others are compared with. */
export const SUBJECT = 'mnist-wasm';

/** One row a case: milliseconds of each backend, GFLOP/s and percent of the peak of ours, and how much faster it is. */
export function kernelTable(results: readonly KernelResult[], backends: readonly string[], peakGflops: number): string {
  const table = newTable(
    ['kernel', 'case', ...backends.map(inMilliseconds), 'GFLOP/s', '% of peak', ...ratios(backends)],
    2,
  );
  for (const {kernel, name, flops, milliseconds} of results) {
    const gflops = flops && milliseconds[SUBJECT] ? flops / milliseconds[SUBJECT] / 1e6 : undefined;
    table.push([
      kernel,
      name,
      ...backends.map((backend) => format(milliseconds[backend])),
      gflops ? gflops.toFixed(1) : '',
      gflops ? `${((100 * gflops) / peakGflops).toFixed(0)} %` : '',
      ...speedups(milliseconds, backends),
    ]);
  }
  return table.toString();
}

export function modelTable(results: readonly ModelResult[], backends: readonly string[]): string {
  const table = newTable(['model', 'task', 'batch', ...backends.map(inMilliseconds), ...ratios(backends)], 2);
  for (const {model, task, batch, milliseconds} of results) {
    const times = backends.map((backend) => format(milliseconds[backend]));
    table.push([model, task, String(batch), ...times, ...speedups(milliseconds, backends)]);
  }
  return table.toString();
}

function others(backends: readonly string[]): string[] {
  return backends.includes(SUBJECT) ? backends.filter((backend) => backend !== SUBJECT) : [];
}

function ratios(backends: readonly string[]): string[] {
  return others(backends).map((backend) => `x ${backend}`);
}

/** How many times as fast as each of the others ours is. */
function speedups(milliseconds: Record<string, number>, backends: readonly string[]): string[] {
  return others(backends).map((backend) => {
    const ratio = milliseconds[backend] / milliseconds[SUBJECT];
    return Number.isNaN(ratio) ? '' : ratio.toFixed(ratio < 10 ? 2 : 0);
  });
}

function inMilliseconds(backend: string): string {
  return `${backend} ms`;
}

function format(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '-';
  return milliseconds.toFixed(milliseconds < 1 ? 4 : milliseconds < 100 ? 2 : 0);
}
