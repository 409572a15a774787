/** What passes between the page and the workers of a race: plain data. */
import type {PackedModel} from '../lab/models/packed';
import type {BackendInfo, BackendName, ModelChoice} from '../lab/types';
import type {NetworkSpec} from '../network/spec';

export const PHASES = ['inference', 'training'] as const;
/** inference: images to probabilities; training: a step of the optimizer on a batch. */
export type Phase = (typeof PHASES)[number];

/** What all competitors do. */
export interface RaceSetup {
  /** Its optimizer and loss; undefined for a model of no recipe, which is trained with Adam. */
  choice: ModelChoice | undefined;
  /** The same of a model that was put together on the page. */
  network?: NetworkSpec;
  /** The model in use; undefined for a new one of the recipe. */
  model: PackedModel | undefined;
  /** Of a new model's weights and of dropout: the same for all. */
  seed: number;
  batchSize: number;
  /** How long each phase is measured, after its warm-up. */
  seconds: number;
}

/** Who takes part. */
export interface Entrant {
  backend: BackendName;
  /** How many mnist-wasm is asked for; the others have no choice. */
  threads?: number;
}

/** A competitor's task. */
export interface Task extends RaceSetup, Entrant {}

export interface Measured {
  /** The median, of one batch or step. */
  milliseconds: number;
  imagesPerSecond: number;
  steps: number;
}

/** How many computed, as many as there were in the end; undefined where a graphics processor did. */
interface InUse {
  threads: number | undefined;
}

/** What a competitor tells, in this order. */
export type Report =
  /** The backend does not start in this browser: the end. */
  | {kind: 'unavailable'; reason: string}
  | {kind: 'ready'; info: BackendInfo}
  /** [images, 10], before any training: of the same images on all backends. */
  | {kind: 'probabilities'; values: Float32Array}
  /** At the beginning of a phase, then after a step, about ten times a second; no rate while it warms up. */
  | {kind: 'progress'; phase: Phase; imagesPerSecond: number | undefined}
  | {kind: 'measured'; phase: Phase; measured: Measured & InUse}
  /** The backend or the browser cannot do that with this model; the competitor goes on with what comes next. */
  | {kind: 'cannot'; phase: Phase; reason: string}
  | {kind: 'done'};

/** The slowest and the fastest of several rounds, in images a second. */
interface Spread {
  low: number;
  high: number;
}

/** How a competitor did in a phase. */
export type Result =
  | {kind: 'running'; imagesPerSecond: number | undefined}
  /** The median of the rounds. */
  | ({kind: 'measured'; spread?: Spread} & Measured & InUse)
  /** No step ended in that time. */
  | {kind: 'too-slow'; seconds: number; imagesPerSecondBelow: number}
  | {kind: 'cannot'; reason: string}
  /** Not tried: inference, which is a part of a training step, was too slow. */
  | {kind: 'skipped'};

/** Where a competitor is in the race. */
export interface Standing extends Entrant {
  state: 'waiting' | 'starting' | 'running' | 'done' | 'stopped' | 'unavailable';
  /** Why it is unavailable. */
  reason?: string;
  info?: BackendInfo;
  results: Partial<Record<Phase, Result>>;
  /** The largest difference of a probability from those of `comparedWith`; absent for the one that others are compared with. */
  difference?: number;
  comparedWith?: Entrant;
}
