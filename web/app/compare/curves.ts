import type {KeptRun, RunPoint} from '../../lab/compare/types';
import type {Curve, Point} from '../parts/live-chart';

export type Metric = 'accuracy' | 'loss';
export type Axis = 'epochs' | 'seconds';

const COLOURS = 6;
const DASHES = ['solid', 'dashed', 'dotted'] as const;

/** The look of a run's curve: it stays as others come. Colours repeat with other dashes. */
export function lookOf(runs: readonly KeptRun[], id: number): Pick<Curve, 'colour' | 'dash'> {
  const age = runs.filter((run) => run.id < id).length;
  return {colour: `var(--run-${age % COLOURS})`, dash: DASHES[Math.floor(age / COLOURS) % DASHES.length]};
}

export function pointsOf(curve: readonly RunPoint[], metric: Metric, axis: Axis): Point[] {
  return curve.map(([position, seconds, loss, accuracy]) => [
    axis === 'epochs' ? position : seconds,
    metric === 'accuracy' ? accuracy : loss,
  ]);
}

/** Where the axis ends: at the last point of all, or a whole epoch. */
export function endOf(curves: readonly Curve[], axis: Axis): number {
  const last = Math.max(0, ...curves.map(({points}) => points.at(-1)?.[0] ?? 0));
  return axis === 'epochs' ? Math.max(1, Math.ceil(last - 1e-6)) : Math.max(1, last);
}
