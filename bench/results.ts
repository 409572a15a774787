import type {ColdStart} from './cold-start/bench';
import type {CompiledResult} from './compiled/bench';
import type {Pass} from './layers/cases';
import type {Machine} from './machine';
import type {MemorySpeed} from './memory-speed';
import type {ModelResult} from './models';
import type {Milliseconds} from './peers/peer';
import type {Profile} from './profile/profile';

export interface KernelResult {
  kernel: string;
  name: string;
  flops?: number;
  milliseconds: Milliseconds;
}

export interface LayerResult {
  models: string[];
  layer: string;
  batch: number;
  pass: Pass;
  kernel: string;
  flops: number;
  milliseconds: Milliseconds;
}

interface Failure {
  peer: string;
  title: string;
  message: string;
}

/** What `--json` writes. */
export interface Results {
  /** ISO 8601, the day. */
  date: string;
  machine: Machine;
  featureLevel: string;
  /** Of each contestant; tfjs's other backends and jax-js have one. */
  threads: number;
  /** Of this machine in this run; see peak.ts. */
  peakGflops: number;
  /** Where passes over tensors are profiled. */
  memorySpeed?: MemorySpeed;
  /** Of what was timed, by name. */
  versions: Record<string, string>;
  /** Why a peer was left out, by name. */
  missing: Record<string, string>;
  /** What a peer could not run although it should, and why. */
  failures: Failure[];
  /** Who was timed, the subject first. */
  columns: string[];
  models: ModelResult[];
  layers: LayerResult[];
  kernels: KernelResult[];
  profiles: Profile[];
  compiled: CompiledResult[];
  coldStarts: ColdStart[];
}
