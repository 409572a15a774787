import type {ECharts} from 'echarts/core';
import {useEffect, useRef} from 'preact/hooks';
import {PAGE_PALETTE} from '../../../common/theme';
import {tell} from '../store';
import {atRest, pageIsReady} from './readiness';
import {decimalsOf, roundAxis, roundStep} from './ticks';

export type Point = [position: number, value: number];

export interface Curve {
  points: readonly Point[];
  /** A CSS colour. */
  colour: string;
  dash?: 'solid' | 'dashed' | 'dotted';
  /** Whether each of its points is marked. */
  marked?: boolean;
}

interface Props {
  /** What a screen reader says. */
  label: string;
  curves: readonly Curve[];
  /** Where the horizontal axis ends, and what it counts. */
  end: number;
  axis: string;
  /** How values are written, with so many decimals. */
  format: (value: number, decimals: number) => string;
  /** Whether the values are shares of 1, and their axis so ends there. */
  shares?: boolean;
}

/** Parts of an axis, at most. */
const POSITION_MARKS = 6;
const VALUE_MARKS = 5;
/** Milliseconds between two drawings: each takes some 5 ms of the page's time. */
const REDRAW_INTERVAL = 300;

/** Each chart is made in a task of its own. */
let lastChart: Promise<unknown> = Promise.resolve();

/**
 * ECharts is larger than all the rest of the page: it is fetched once a training can begin, which does not wait for it, and
 * before there is anything to draw.
 */
function whenCharts(): Promise<typeof import('./echarts').init> {
  const made = lastChart.then(async () => {
    await pageIsReady();
    await atRest();
    const {init} = await import('./echarts');
    await atRest();
    return init;
  });
  lastChart = made;
  return made;
}

/** Curves that may grow while they are looked at; in the page's colours. */
export function LiveChart(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const latest = useRef(props);
  const timer = useRef(0);
  latest.current = props;

  useEffect(() => {
    let ended = false;
    const resized = new ResizeObserver(() => chart.current?.resize());
    whenCharts().then((init) => {
      if (ended) return;
      chart.current = init(box.current, null, {renderer: 'svg'});
      chart.current.setOption(options(latest.current));
      resized.observe(box.current as HTMLElement);
    }, tell);
    return () => {
      ended = true;
      window.clearTimeout(timer.current);
      resized.disconnect();
      chart.current?.dispose();
    };
  }, []);

  useEffect(() => {
    if (timer.current !== 0) return;
    timer.current = window.setTimeout(() => {
      timer.current = 0;
      chart.current?.setOption(options(latest.current), {replaceMerge: ['series']});
    }, REDRAW_INTERVAL);
  }, [props.curves, props.end, props.format]);

  return <div ref={box} class="live-chart" role="img" aria-label={props.label} />;
}

/**
 * Where the axis of shares begins: below all values but those of the first tenth, which would press the rest into a line.
 */
function lowest(curves: readonly Curve[]): number {
  const end = Math.max(...curves.map(({points}) => points.at(-1)?.[0] ?? 0));
  const later = curves.flatMap(({points}) => points).filter(([position]) => position >= end / 10);
  return Math.floor(10 * Math.min(1, ...later.map(([, value]) => value))) / 10;
}

/** Shares end at 1, and begin at `from` or below. */
function yAxis(values: number[], from: number | undefined) {
  if (from === undefined) return roundAxis(values, VALUE_MARKS);
  const step = roundStep(1 - Math.min(0.9, from), VALUE_MARKS);
  return {min: 1 - step * Math.ceil((1 - Math.min(0.9, from)) / step - 1e-9), max: 1, step};
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-9;
}

function options({curves, end, axis, format, shares}: Props) {
  const text = {color: PAGE_PALETTE.soft, fontFamily: PAGE_PALETTE.font, fontSize: 12};
  const grid = {lineStyle: {color: PAGE_PALETTE.line}};
  const starts = curves.flatMap(({points}) => points.slice(0, 1).map(([position]) => position));
  const first = Math.floor(Math.min(...starts, starts.length > 0 ? Number.POSITIVE_INFINITY : 0));
  const step = Math.max(end - first > 1 ? 1 : 0, roundStep(end - first, POSITION_MARKS));
  const y = yAxis(
    curves.flatMap(({points}) => points.map(([, value]) => value)),
    shares ? lowest(curves) : undefined,
  );
  const decimals = decimalsOf(shares ? 100 * y.step : y.step);
  return {
    animation: false,
    textStyle: text,
    grid: {left: 10, right: 12, top: 10, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all'},
    xAxis: {
      type: 'value',
      min: first,
      max: end,
      interval: step,
      name: axis,
      nameLocation: 'middle',
      nameGap: 8,
      nameTextStyle: text,
      // ECharts marks the end too, which may be no multiple.
      axisLabel: {...text, showMaxLabel: isWhole((end - first) / step)},
      axisLine: grid,
      splitLine: {show: false},
    },
    yAxis: {
      type: 'value',
      min: y.min,
      max: y.max,
      interval: y.step,
      axisLabel: {...text, formatter: (value: number) => format(value, decimals)},
      splitLine: grid,
    },
    series: curves.map(({points, colour, dash = 'solid', marked}) => ({
      type: 'line',
      data: points,
      silent: true,
      symbol: marked ? 'diamond' : 'none',
      symbolSize: 7,
      itemStyle: {color: colour},
      lineStyle: {width: marked ? 1.5 : 2, color: colour, type: dash},
    })),
  };
}
