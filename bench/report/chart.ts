import {BarChart} from 'echarts/charts';
import {GridComponent, LegendComponent} from 'echarts/components';
import * as echarts from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';
import type {Results} from '../results';
import {CAPTURED, SUBJECT} from '../subject';
import {formatMilliseconds} from './format';

const WIDTH = 860;
const BAR = 13;
const GROUP_GAP = 18;
/** The bars of a group from the top, those that most models have first: ours is blue, whatever the others are. */
const BARS: readonly {column: string; name?: string; color: string}[] = [
  {column: SUBJECT, color: '#2563c4'},
  {column: CAPTURED, name: 'mnist-wasm, captured', color: '#7ea6e0'},
  {column: 'pytorch', name: 'PyTorch', color: '#c2570c'},
  {column: 'pytorch channels_last', name: 'PyTorch, channels_last', color: '#eda36b'},
  {column: 'jax-js', color: '#3f9d74'},
  {column: 'wasm', name: 'tfjs-backend-wasm', color: '#8b6fc9'},
  {column: 'cpu', name: 'tfjs-backend-cpu', color: '#9aa1ab'},
];
const text = {color: '#1c2128', fontFamily: 'system-ui, -apple-system, Roboto, Arial, sans-serif'};

/** The training steps, at least one, as an SVG: a group of bars for each model, milliseconds on a logarithmic axis. */
export function trainingChart({models}: Pick<Results, 'models'>): string {
  const steps = models.filter(({task}) => task === 'training step');
  const present = BARS.filter(({column}) => steps.some(({milliseconds}) => column in milliseconds));
  const all = steps.flatMap(({milliseconds}) => Object.values(milliseconds));
  echarts.use([BarChart, GridComponent, LegendComponent, SVGRenderer]);
  const height = 86 + steps.length * (present.length * BAR + GROUP_GAP);
  const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: WIDTH, height});
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: text,
    legend: {top: 12, left: 'center', itemGap: 18, itemWidth: 14, itemHeight: 10, textStyle: text, silent: true},
    grid: {left: 12, right: 48, top: 46, bottom: 34, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel'},
    xAxis: {
      type: 'log',
      name: 'milliseconds a training step, logarithmic',
      nameLocation: 'middle',
      nameGap: 24,
      min: 10 ** Math.floor(Math.log10(Math.min(...all))),
      max: 10 ** Math.ceil(Math.log10(Math.max(...all))),
      axisLabel: {...text, formatter: (value: number) => value.toLocaleString('en')},
      splitLine: {lineStyle: {color: '#e3e6ea'}},
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: steps.map(({model, batch, optimizer}) => `${model}\nbatch ${batch}, ${optimizer}`),
      axisTick: {show: false},
      splitLine: {show: true, lineStyle: {color: '#e3e6ea'}},
      axisLabel: {...text, fontSize: 13},
    },
    series: present.map(({column, name = column, color}) => ({
      type: 'bar',
      name,
      silent: true,
      data: steps.map(({milliseconds}) => milliseconds[column] ?? null),
      barWidth: BAR - 2,
      barGap: `${100 * (2 / (BAR - 2))}%`,
      itemStyle: {color},
      label: {
        ...text,
        show: true,
        position: 'right',
        fontSize: 10,
        fontWeight: column === SUBJECT ? 'bold' : 'normal',
        formatter: ({value}: {value: number}) => formatMilliseconds(value),
      },
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
