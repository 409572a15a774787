import {percent} from '../../../common/format';
import type {Check, TrainProgress} from '../../lab/types';
import {LiveChart, type Point} from '../parts/live-chart';
import {checks, planned, points, progress} from '../training-run';

type Metric = 'accuracy' | 'loss';

/**
 * Accuracy and loss as they go: on the images that are trained on, and on others. There before they are needed: to make
 * a chart takes some 50 ms.
 */
export function TrainingCurves() {
  return (
    <div class="curves">
      <Curves metric="accuracy" title="Accuracy" format={percent} shares />
      <Curves metric="loss" title="Loss" format={(loss, decimals) => loss.toFixed(decimals)} />
      <p class="legend">
        <span class="key line">on the images it trains on</span> <span class="key marks">on others, held back</span>
      </p>
    </div>
  );
}

interface CurvesProps {
  metric: Metric;
  title: string;
  format: (value: number, decimals: number) => string;
  shares?: boolean;
}

function Curves({metric, title, format, shares}: CurvesProps) {
  const line = curve(points.value, metric);
  const marks = curve(checks.value, metric);
  const last = (curve: Point[]) => (curve.length > 0 ? format((curve.at(-1) as Point)[1], 2) : 'not known');
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <LiveChart
        label={`${title} by epoch. Last: ${last(line)} on the images it trains on, ${last(marks)} on others.`}
        line={line}
        marks={marks}
        epochs={progress.value?.epochs ?? planned.value}
        format={format}
        shares={shares}
      />
    </figure>
  );
}

function curve(values: (TrainProgress | Check)[], metric: Metric): Point[] {
  return values.map((value) => [value.position, value[metric]]);
}
