import {BarChart, LineChart} from 'echarts/charts';
import {GridComponent, LegendComponent, MarkLineComponent} from 'echarts/components';
import * as echarts from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';
import {PAGE_PALETTE, type Palette} from '../../common/theme';
import {escapeHtml} from './html';

export interface Curve {
  name: string;
  /** One value an epoch. */
  values: number[];
  /** Which of the palette's colours; its position's by default. */
  colour?: number;
  /** Validation's, by custom; every second curve by default. */
  dashed?: boolean;
  /** Measured by the axis on the right. */
  right?: boolean;
}

/** An epoch to point out, from 1. */
export interface Mark {
  epoch: number;
  label: string;
  colour?: number;
}

export interface CurvesOptions {
  /** How values are written at the axis on the left. */
  format: (value: number) => string;
  /** And on the right, where a curve is measured there. */
  formatRight?: (value: number) => string;
  /** Whether the axis measures shares of 1 (that on the right, if there is one), and so ends at 1. */
  shares?: boolean;
  marks?: Mark[];
  palette?: Palette;
  width?: number;
  height?: number;
}

/** Near a phone's width, so that the labels stay readable there. */
const WIDTH = 400;
const HEIGHT = 270;
const LEGEND_LINE = 22;
const SHARE_STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

/**
 * Curves over the epochs as an SVG: no script, no network, scaled to the width it is given.
 *
 * @param label what a screen reader says of the chart.
 */
export function curvesChart(label: string, curves: Curve[], options: CurvesOptions): string {
  const {
    format,
    formatRight,
    shares = false,
    marks = [],
    palette = PAGE_PALETTE,
    width = WIDTH,
    height = HEIGHT,
  } = options;
  const epochs = Math.max(...curves.map((curve) => curve.values.length));
  const text = textStyle(palette);
  const values = (formatter: (value: number) => string) => ({
    type: 'value',
    scale: true,
    splitNumber: 4,
    axisLabel: {...text, formatter},
    splitLine: {lineStyle: {color: palette.line}},
  });
  const top = legendHeight(curves, width) + (marks.length > 0 ? LEGEND_LINE : 0);
  return render(label, width, height, {
    textStyle: text,
    legend: {
      top: 0,
      left: 'center',
      itemGap: 20,
      itemWidth: 28,
      textStyle: {...text, color: palette.text},
      silent: true,
    },
    grid: {
      left: 4,
      right: marks.length > 1 ? 36 : 16,
      top,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'all',
    },
    xAxis: epochAxis(epochs, palette, epochs === 1),
    yAxis: formatRight
      ? [
          values(format),
          {
            ...values(formatRight),
            ...(shares && shareScale(curves.filter(({right}) => right))),
            splitLine: {show: false},
            alignTicks: !shares,
          },
        ]
      : {...values(format), ...(shares && shareScale(curves))},
    series: curves.map(({name, values: data, colour, dashed, right}, i) => {
      const second = dashed ?? i % 2 === 1;
      const color = palette.curves[(colour ?? i) % palette.curves.length];
      return {
        type: 'line',
        name,
        data,
        silent: true,
        yAxisIndex: right ? 1 : 0,
        symbol: second ? 'diamond' : 'circle',
        symbolSize: epochs > 40 ? 0 : 7,
        itemStyle: {color},
        lineStyle: {width: 2.5, color, type: second ? 'dashed' : 'solid'},
        emphasis: {disabled: true},
        markLine: i === 0 ? markLines(marks, epochs, palette) : undefined,
      };
    }),
  });
}

/** A bar for each epoch. */
export function epochBars(label: string, values: number[], format: (value: number) => string): string {
  const text = textStyle(PAGE_PALETTE);
  return render(label, WIDTH, 200, {
    textStyle: text,
    grid: {left: 4, right: 16, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all'},
    xAxis: epochAxis(values.length, PAGE_PALETTE, true),
    yAxis: {
      type: 'value',
      splitNumber: 3,
      axisLabel: {...text, formatter: format},
      splitLine: {lineStyle: {color: PAGE_PALETTE.line}},
    },
    series: [
      {
        type: 'bar',
        data: values,
        silent: true,
        barMaxWidth: 28,
        barCategoryGap: '30%',
        itemStyle: {color: PAGE_PALETTE.curves[0], borderRadius: [3, 3, 0, 0]},
        emphasis: {disabled: true},
      },
    ],
  });
}

function textStyle(palette: Palette) {
  return {color: palette.soft, fontFamily: palette.font, fontSize: 13};
}

function epochAxis(epochs: number, palette: Palette, boundaryGap: boolean) {
  const text = textStyle(palette);
  return {
    type: 'category',
    name: 'epoch',
    nameLocation: 'middle',
    nameGap: 8,
    nameTextStyle: text,
    data: Array.from({length: epochs}, (_, i) => String(i + 1)),
    boundaryGap,
    axisLabel: text,
    axisLine: {lineStyle: {color: palette.line}},
    axisTick: {show: false},
  };
}

/** Roughly as many lines as echarts breaks the legend into: it tells nobody. */
function legendHeight(curves: Curve[], width: number): number {
  const total = curves.reduce((sum, {name}) => sum + 50 + 6.3 * name.length, 0);
  return 18 + LEGEND_LINE * Math.ceil(total / width);
}

function markLines(marks: Mark[], epochs: number, palette: Palette) {
  if (marks.length === 0) return undefined;
  return {
    silent: true,
    symbol: 'none',
    data: marks.map(({epoch, label, colour}) => {
      const color = colour === undefined ? palette.soft : palette.curves[colour % palette.curves.length];
      const align = labelSide(epoch, marks, epochs);
      return {
        xAxis: epoch - 1,
        lineStyle: {color, type: 'dotted', width: 1.5},
        label: {...textStyle(palette), color, formatter: label, position: 'end', align, distance: 4},
      };
    }),
  };
}

/** Echarts would go on to the next round number beyond 1. */
function shareScale(curves: Curve[]): {min: number; max: number; interval: number} {
  const below = 1 - Math.min(...curves.flatMap(({values}) => values));
  const interval = SHARE_STEPS.find((step) => below <= 5 * step) ?? 0.2;
  return {min: Math.max(0, 1 - interval * Math.max(1, Math.ceil(below / interval))), max: 1, interval};
}

/** Which end of a mark's label is at its line: so that it is not cut off, nor runs into another's. */
function labelSide(epoch: number, marks: Mark[], epochs: number): 'left' | 'center' | 'right' {
  if (marks.length > 1) return marks.some((mark) => mark.epoch > epoch) ? 'right' : 'left';
  const at = epochs === 1 ? 0.5 : (epoch - 1) / (epochs - 1);
  if (at < 0.2) return 'left';
  return at > 0.8 ? 'right' : 'center';
}

function render(label: string, width: number, height: number, option: Record<string, unknown>): string {
  echarts.use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);
  const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width, height});
  try {
    chart.setOption({animation: false, ...option});
    // The style element holds hover rules, which a silent chart has no use for.
    const bare = chart.renderToSVGString().replace(/<style[\s\S]*?<\/style>/, '');
    return bare.replace('<svg ', `<svg role="img" aria-label="${escapeHtml(label)}" `);
  } finally {
    chart.dispose();
  }
}
