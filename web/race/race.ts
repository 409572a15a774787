/** Backends one after the other, each in a worker of its own, so that none shares the processor with another. */
import {median} from '../../common/statistics';
import {texts} from '../texts';
import {
  type Entrant,
  PHASES,
  type Phase,
  type RaceSetup,
  type Report,
  type Result,
  type Standing,
  type Task,
} from './types';

/** A step that takes longer is not waited for: a CNN's takes minutes on a slow backend. */
export const STEP_LIMIT_SECONDS = 10;
/** Fetching the backend, compiling it, making the model: AlexNet has 30 million weights. */
const START_LIMIT_SECONDS = 60;

/** A Worker, as far as a race needs it. */
export interface Competitor {
  onmessage: ((event: MessageEvent<Report>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(task: Task): void;
  terminate(): void;
}

export interface RaceOptions {
  setup: RaceSetup;
  /** In the order in which they run; the first is the one whose probabilities the others' are compared with. */
  entrants: readonly Entrant[];
  /** How often each has its turn: what else the device does comes and goes. */
  rounds: number;
  startWorker(): Competitor;
  /** Called with where all competitors are, after every change; a new array each time. */
  onStandings(standings: readonly Standing[]): void;
  /** Stops the race. */
  signal: AbortSignal;
}

/** Where all competitors are at the end; a race that is stopped keeps what was measured. */
export async function runRace(options: RaceOptions): Promise<readonly Standing[]> {
  const {setup, entrants, rounds, startWorker, onStandings, signal} = options;
  let standings: readonly Standing[] = entrants.map((entrant) => ({...entrant, state: 'waiting', results: {}}));
  onStandings(standings);
  const reference: Reference = {};
  const turns: Standing[][] = entrants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [place, entrant] of entrants.entries()) {
      const earlier = turns[place];
      if (earlier.length > 0 && (signal.aborted || !isWorthAnother(earlier))) continue;
      const update = (now: Standing) => {
        standings = standings.map((old, i) => (i === place ? ofTurns([...earlier, now]) : old));
        onStandings(standings);
        turns[place] = [...earlier, now];
      };
      const standing: Standing = {...entrant, state: 'waiting', results: {}};
      if (signal.aborted) update({...standing, state: 'stopped'});
      else await new Lane(standing, setup.batchSize, reference, update).run(startWorker(), setup, signal);
    }
  }
  return standings;
}

/** A turn that ended in figures: what is too slow once is so again. */
function isWorthAnother(turns: readonly Standing[]): boolean {
  const {state, results} = turns[turns.length - 1];
  return state === 'done' && results.inference?.kind === 'measured' && results.training?.kind !== 'too-slow';
}

/** Where a competitor is, after some turns; the last may be under way. */
function ofTurns(turns: readonly Standing[]): Standing {
  const last = turns[turns.length - 1];
  const results: Standing['results'] = {};
  for (const phase of PHASES) {
    const all = turns.map(({results: ofTurn}) => ofTurn[phase]);
    results[phase] = medianOf(all) ?? all.findLast((result) => result !== undefined);
    if (!results[phase]) delete results[phase];
  }
  const known = turns.findLast(({difference}) => difference !== undefined);
  return {
    ...last,
    info: last.info ?? turns[0].info,
    results,
    ...(known && {difference: known.difference, comparedWith: known.comparedWith}),
  };
}

function medianOf(results: readonly (Result | undefined)[]): Result | undefined {
  const measured = results.filter((result) => result?.kind === 'measured');
  const last = measured.at(-1);
  if (!last) return undefined;
  const rates = measured.map(({imagesPerSecond}) => imagesPerSecond);
  return {
    ...last,
    imagesPerSecond: median(rates),
    milliseconds: median(measured.map(({milliseconds}) => milliseconds)),
    steps: measured.reduce((sum, {steps}) => sum + steps, 0),
    ...(measured.length > 1 && {spread: {low: Math.min(...rates), high: Math.max(...rates)}}),
  };
}

/** The probabilities that all others are compared with: those of the first competitor that gave any. */
interface Reference {
  entrant?: Entrant;
  values?: Float32Array;
}

/** One competitor's part of the race. */
class Lane {
  private phase: Phase | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private end: () => void = () => {};

  constructor(
    private standing: Standing,
    private readonly batchSize: number,
    private readonly reference: Reference,
    private readonly update: (standing: Standing) => void,
  ) {}

  async run(worker: Competitor, setup: RaceSetup, signal: AbortSignal): Promise<void> {
    const stop = () => this.finish('stopped');
    try {
      await new Promise<void>((resolve) => {
        this.end = resolve;
        signal.addEventListener('abort', stop);
        worker.onmessage = ({data}) => this.take(data);
        worker.onerror = ({message}) => this.finish('unavailable', texts.race.workerFailed(message));
        this.change({state: 'starting'});
        this.expectWithin(START_LIMIT_SECONDS);
        const {backend, threads} = this.standing;
        worker.postMessage({...setup, backend, threads});
      });
    } finally {
      clearTimeout(this.timer);
      signal.removeEventListener('abort', stop);
      worker.terminate();
    }
  }

  private take(report: Report): void {
    this.expectWithin(STEP_LIMIT_SECONDS);
    if (report.kind === 'ready') this.change({info: report.info});
    else if (report.kind === 'probabilities') this.compare(report.values);
    else if (report.kind === 'unavailable') this.finish('unavailable', report.reason);
    else if (report.kind === 'done') this.finish('done');
    else {
      this.phase = report.phase;
      if (report.kind === 'measured') this.setResult(report.phase, {kind: 'measured', ...report.measured});
      else if (report.kind === 'cannot') this.setResult(report.phase, {kind: 'cannot', reason: report.reason});
      else this.setResult(report.phase, {kind: 'running', imagesPerSecond: report.imagesPerSecond});
    }
  }

  private compare(values: Float32Array): void {
    const {reference} = this;
    const {backend, threads} = this.standing;
    const {entrant} = reference;
    if (!reference.values) Object.assign(reference, {entrant: {backend, threads}, values});
    else if (entrant?.backend !== backend || entrant.threads !== threads)
      this.change({difference: largestDifference(values, reference.values), comparedWith: reference.entrant});
  }

  private expectWithin(seconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.giveUp(seconds), 1000 * seconds);
  }

  /** The worker computes without a pause: it cannot be told to stop, only be ended. */
  private giveUp(seconds: number): void {
    const {phase} = this;
    if (phase === undefined) {
      this.finish('unavailable', texts.race.notStarted(seconds));
      return;
    }
    this.setResult(phase, {kind: 'too-slow', seconds, imagesPerSecondBelow: this.batchSize / seconds});
    if (phase === 'inference') this.setResult('training', {kind: 'skipped'});
    this.finish('done');
  }

  private finish(state: 'done' | 'stopped' | 'unavailable', reason?: string): void {
    const measured = Object.entries(this.standing.results).filter(([, result]) => result.kind !== 'running');
    this.change({state, reason, results: Object.fromEntries(measured)});
    this.end();
  }

  private setResult(phase: Phase, result: Standing['results'][Phase]): void {
    this.change({state: 'running', results: {...this.standing.results, [phase]: result}});
  }

  private change(change: Partial<Standing>): void {
    this.standing = {...this.standing, ...change};
    this.update(this.standing);
  }
}

/** Infinity where one of them is not a number. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => {
    const difference = Math.abs(value - b[i]);
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
  }, 0);
}
