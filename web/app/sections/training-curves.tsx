import {percent} from '../../../common/format';
import {PAGE_PALETTE} from '../../../common/theme';
import type {Check, TrainProgress} from '../../lab/types';
import {texts} from '../../texts';
import {LiveChart, type Point} from '../parts/live-chart';
import {checks, planned, points, progress} from '../training-run';

type Metric = 'accuracy' | 'loss';

const [onTrained, onOthers] = PAGE_PALETTE.curves;

/**
 * Accuracy and loss as they go: on the images that are trained on, and on others. There before they are needed: to make
 * a chart takes some 50 ms.
 */
export function TrainingCurves() {
  return (
    <div class="curves">
      <Curves metric="accuracy" format={percent} shares />
      <Curves metric="loss" format={(loss, decimals) => loss.toFixed(decimals)} />
      <p class="legend">
        <span class="key line">{texts.training.onTrained}</span>{' '}
        <span class="key marks">{texts.training.onOthers}</span>
      </p>
    </div>
  );
}

interface CurvesProps {
  metric: Metric;
  format: (value: number, decimals: number) => string;
  shares?: boolean;
}

function Curves({metric, format, shares}: CurvesProps) {
  const title = texts.training.curves[metric];
  const line = curve(points.value, metric);
  const marks = curve(checks.value, metric);
  const last = (curve: Point[]) => (curve.length > 0 ? format((curve.at(-1) as Point)[1], 2) : texts.training.unknown);
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <LiveChart
        label={texts.training.curve(title, last(line), last(marks))}
        curves={[
          {points: line, colour: onTrained},
          {points: marks, colour: onOthers, dash: 'dashed', marked: true},
        ]}
        end={progress.value?.epochs ?? planned.value}
        axis={texts.training.epoch}
        format={format}
        shares={shares}
      />
    </figure>
  );
}

function curve(values: (TrainProgress | Check)[], metric: Metric): Point[] {
  return values.map((value) => [value.position, value[metric]]);
}
