import type {DataType} from '@tensorflow/tfjs-core';
import type {FeatureLevel} from 'mnist-wasm';
import {allCases} from '../cases';
import type {MeasuredError} from '../cases/compare';
import type {Tolerance} from '../cases/types';
import {DEFAULT_RUNS} from '../parity/random';
import {randomCases} from '../random';
import {measureKernel} from './measure';
import {registered} from './registries';

export interface KernelRow {
  kernel: string;
  /** Absent: of tfjs-backend-wasm's alone. */
  runs: 'native' | 'fallback' | 'absent';
  nativeDtypes: readonly DataType[];
  cpu: boolean;
  wasm: boolean;
  cases: number;
  randomCases: number;
  tolerance?: Tolerance;
  /** The worst of the cases at a feature level; where there are cases. */
  worst: Partial<Record<FeatureLevel, MeasuredError>>;
}

/** A row for every kernel that this backend, tfjs-backend-cpu or tfjs-backend-wasm has, measured at the level that runs now. */
export async function kernelRows(level: FeatureLevel): Promise<KernelRow[]> {
  const kernels = new Set([...registered['mnist-wasm'], ...registered.cpu, ...registered.wasm]);
  const rows: KernelRow[] = [];
  for (const kernel of [...kernels].sort()) {
    const ours = registered['mnist-wasm'].has(kernel);
    const measured = ours ? await measureKernel(kernel) : undefined;
    rows.push({
      kernel,
      runs: registered.native.has(kernel) ? 'native' : ours ? 'fallback' : 'absent',
      nativeDtypes: measured?.nativeDtypes ?? [],
      cpu: registered.cpu.has(kernel),
      wasm: registered.wasm.has(kernel),
      cases: allCases.filter((c) => c.kernel === kernel && c.test !== false).length,
      randomCases: kernel in randomCases ? DEFAULT_RUNS : 0,
      tolerance: measured?.tolerance,
      worst: {[level]: measured?.worst},
    });
  }
  return rows;
}
