import {LineChart} from 'echarts/charts';
import {GridComponent, LegendComponent} from 'echarts/components';
import * as echarts from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';
import {escapeHtml} from './html';

export interface Curve {
  name: string;
  /** One value an epoch. */
  values: number[];
}

/** Near a phone's width, so that the labels stay readable there. */
const WIDTH = 400;
const HEIGHT = 270;
/** Names of the page's CSS variables: a chart takes the colours of light and dark mode like the text around it. */
const COLOURS = ['var(--curve-1)', 'var(--curve-2)'];

/**
 * Curves over the epochs as an inline SVG: no script, no network, scaled to the width it is given.
 *
 * @param label what a screen reader says of the chart.
 */
export function curvesChart(label: string, curves: Curve[], format: (value: number) => string): string {
  echarts.use([LineChart, GridComponent, LegendComponent, SVGRenderer]);
  const epochs = Math.max(...curves.map((curve) => curve.values.length));
  const text = {color: 'var(--text-soft)', fontFamily: 'inherit', fontSize: 13};
  const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT});
  chart.setOption({
    animation: false,
    color: COLOURS,
    textStyle: text,
    legend: {
      top: 0,
      left: 'center',
      itemGap: 20,
      itemWidth: 28,
      textStyle: {...text, color: 'var(--text)'},
      silent: true,
    },
    grid: {left: 4, right: 16, top: 40, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all'},
    xAxis: {
      type: 'category',
      name: 'epoch',
      nameLocation: 'middle',
      nameGap: 8,
      nameTextStyle: text,
      data: Array.from({length: epochs}, (_, i) => String(i + 1)),
      boundaryGap: epochs === 1,
      axisLabel: text,
      axisLine: {lineStyle: {color: 'var(--line)'}},
      axisTick: {show: false},
    },
    yAxis: {
      type: 'value',
      scale: true,
      splitNumber: 4,
      axisLabel: {...text, formatter: format},
      splitLine: {lineStyle: {color: 'var(--line)'}},
    },
    series: curves.map(({name, values}, i) => ({
      type: 'line',
      name,
      data: values,
      silent: true,
      symbol: i === 0 ? 'circle' : 'diamond',
      symbolSize: epochs > 40 ? 0 : 7,
      lineStyle: {width: 2.5, type: i === 0 ? 'solid' : 'dashed'},
      emphasis: {disabled: true},
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  // The style element holds hover rules, which a silent chart has no use for.
  const bare = svg.replace(/<style[\s\S]*?<\/style>/, '');
  return bare.replace('<svg ', `<svg role="img" aria-label="${escapeHtml(label)}" `);
}
