import {type Signal, useSignal} from '@preact/signals';
import {useMemo} from 'preact/hooks';
import {percent} from '../../../common/format';
import type {RunPoint} from '../../lab/compare/types';
import {texts} from '../../texts';
import {useOnScreen} from '../inside/on-screen';
import {Choice} from '../network/fields';
import {type Curve, LiveChart} from '../parts/live-chart';
import {type Axis, endOf, lookOf, type Metric, pointsOf} from './curves';
import {hidden, liveCurve, runs} from './runs';

const NO_CURVE: RunPoint[] = [];

const FORMATS: Record<Metric, (value: number, decimals: number) => string> = {
  accuracy: percent,
  loss: (loss, decimals) => loss.toFixed(decimals),
};

/**
 * The curves of all runs over each other, and, while it can be seen, that of the training under way. There before it is
 * needed: to make a chart takes some 50 ms.
 */
export function RunsChart() {
  const {ref, visible} = useOnScreen();
  const metric = useSignal<Metric>('accuracy');
  const axis = useSignal<Axis>('epochs');
  const [kept, left, live] = [runs.value, hidden.value, visible.value ? liveCurve.value : NO_CURVE];
  const [what, over] = [metric.value, axis.value];
  const curves = useMemo((): Curve[] => {
    const shown = kept.filter(({id}) => !left.has(id));
    const ended = shown.map(({id, curve}) => ({points: pointsOf(curve, what, over), ...lookOf(kept, id)}));
    return live.length > 0 ? [...ended, {points: pointsOf(live, what, over), colour: 'var(--text)'}] : ended;
  }, [kept, left, live, what, over]);
  return (
    <figure ref={ref} class="runs-chart">
      <div class="controls">
        <Picked label={texts.compare.metric} titles={texts.compare.metrics} picked={metric} />
        <Picked label={texts.compare.axis} titles={texts.compare.axes} picked={axis} />
      </div>
      <LiveChart
        label={texts.compare.chart(texts.compare.metrics[what], curves.length)}
        curves={curves}
        end={endOf(curves, over)}
        axis={texts.compare.axes[over]}
        format={FORMATS[what]}
        shares={what === 'accuracy'}
      />
      {live.length > 0 && (
        <p class="soft">
          <Key colour="var(--text)" dash="solid" /> {texts.compare.now}
        </p>
      )}
    </figure>
  );
}

interface PickedProps<Option extends string> {
  label: string;
  titles: Readonly<Record<Option, string>>;
  picked: Signal<Option>;
}

function Picked<Option extends string>({label, titles, picked}: PickedProps<Option>) {
  return (
    <Choice
      label={label}
      value={picked.value}
      options={Object.keys(titles)}
      titles={titles}
      disabled={false}
      onChange={(value) => {
        picked.value = value as Option;
      }}
    />
  );
}

export function Key({colour, dash}: Pick<Curve, 'colour' | 'dash'>) {
  return <span class="run-key" style={{borderTopColor: colour, borderTopStyle: dash}} />;
}
