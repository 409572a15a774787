import {capitalised, percent} from '../../common/format';
import type {Palette} from '../../common/theme';
import {epochsIn} from '../../recipes';
import type {RunRecord} from '../run/record';
import {runNames} from '../run/titles';
import {type Curve, type CurvesOptions, curvesChart, type Mark} from './charts';
import {FILE_PALETTE} from './palette';

export interface RunCurvesOptions {
  /** What is drawn: one of the two, or both in one plot, the accuracy by an axis on the right. Default: both. */
  metric?: 'loss' | 'accuracy' | 'both';
  palette?: Palette;
  /** Pixels, before the drawing is scaled. */
  width?: number;
  height?: number;
}

type Metric = 'loss' | 'accuracy';
const FORMATS: Record<Metric, (value: number) => string> = {
  loss: (value) => value.toFixed(2),
  accuracy: (value) => percent(value, 1),
};

/**
 * The learning curves of one run, or of several in one plot, as an SVG file: training and validation, with the epoch
 * whose weights were kept. Legible on white and on black.
 *
 * @throws RangeError where no run has a whole epoch.
 */
export function curvesSvg(records: RunRecord[], options: RunCurvesOptions = {}): string {
  return runCurves(records, {palette: FILE_PALETTE, width: 640, height: 400, ...options});
}

/** The same in the colours of a page, for a phone's width. */
export function runCurves(records: RunRecord[], {metric = 'both', ...options}: RunCurvesOptions = {}): string {
  const drawn = records.filter(({history}) => epochsIn(history) > 0);
  if (drawn.length === 0) throw new RangeError('there are no curves to draw: no run has a whole epoch');
  const names = runNames(drawn);
  const metrics: Metric[] = metric === 'both' ? ['loss', 'accuracy'] : [metric];
  const curves = drawn.flatMap((record, run) =>
    metrics.flatMap((each) => {
      // A colour tells the runs apart; in a plot of one run the metrics, or training from validation.
      const colour = drawn.length > 1 ? run : metrics.length > 1 ? metrics.indexOf(each) : undefined;
      const right = metrics.length > 1 && each === 'accuracy';
      const prefix = drawn.length > 1 ? `${names[run]}: ` : '';
      return curvesOf(record, each, {colour, right}, metrics.length > 1 ? `${prefix}${each}, ` : prefix);
    }),
  );
  const label = `${metrics.map(capitalised).join(' and ')} of each epoch${drawn.length > 1 ? `: ${names.join(', ')}` : ''}`;
  return curvesChart(label, curves, {...axes(metrics), marks: marks(drawn), ...options});
}

function curvesOf({history}: RunRecord, metric: Metric, style: Partial<Curve>, prefix: string): Curve[] {
  return [
    {name: `${prefix}training`, values: history[metric], dashed: false, ...style},
    {name: `${prefix}validation`, values: history[`val_${metric}`], dashed: true, ...style},
  ]
    .filter(({values}) => values !== undefined)
    .map((curve, i) => ({...curve, colour: curve.colour ?? i}));
}

function axes(metrics: Metric[]): Pick<CurvesOptions, 'format' | 'formatRight' | 'shares'> {
  return {
    shares: metrics.includes('accuracy'),
    format: FORMATS[metrics[0]],
    formatRight: metrics[1] && FORMATS[metrics[1]],
  };
}

function marks(records: RunRecord[]): Mark[] {
  return records.flatMap(({bestEpoch}, run) => {
    if (bestEpoch === null) return [];
    const several = records.length > 1;
    const label = several ? 'best' : `best: epoch ${bestEpoch}`;
    return [{epoch: bestEpoch, label, colour: several ? run : undefined}];
  });
}
