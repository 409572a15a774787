import {effect} from '@preact/signals';
import type {ECharts} from 'echarts/core';
import {useEffect, useRef} from 'preact/hooks';
import {PAGE_PALETTE} from '../../../common/theme';
import {texts} from '../../texts';
import {activity, tell} from '../store';
import {decimalsOf, roundAxis, roundStep} from './ticks';

export type Point = [position: number, value: number];

interface Props {
  /** What a screen reader says. */
  label: string;
  /** A line, in the first of the palette's colours. */
  line: Point[];
  /** Marks joined by a broken line, in the second. */
  marks: Point[];
  /** Epochs: the length of the axis. */
  epochs: number;
  /** How values are written, with so many decimals. */
  format: (value: number, decimals: number) => string;
  /** Whether the values are shares of 1, and the axis so ends there. */
  shares?: boolean;
}

/** Parts of an axis, at most. */
const EPOCH_MARKS = 6;
const VALUE_MARKS = 5;
/** Milliseconds between two drawings: each takes some 5 ms of the page's time. */
const REDRAW_INTERVAL = 300;
/** Milliseconds that a busy page may keep its charts waiting. */
const LONGEST_WAIT = 1000;

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

function pageIsReady(): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (activity.value === 'starting') return;
      queueMicrotask(() => stop());
      resolve();
    });
  });
}

/** Safari has no idle callbacks. */
function atRest(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), {timeout: LONGEST_WAIT});
    else setTimeout(resolve, 50);
  });
}

/** Two curves over the epochs that grow while a training runs; in the page's colours. */
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
      chart.current?.setOption(options(latest.current));
    }, REDRAW_INTERVAL);
  }, [props.line, props.marks, props.epochs]);

  return <div ref={box} class="live-chart" role="img" aria-label={props.label} />;
}

/**
 * Where the axis of shares begins: below all values but those of the first tenth, which would press the rest into a line.
 */
function lowest(curves: Point[][]): number {
  const end = Math.max(...curves.map((curve) => curve.at(-1)?.[0] ?? 0));
  const later = curves.flat().filter(([position]) => position >= end / 10);
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

function options({line, marks, epochs, format, shares}: Props) {
  const text = {color: PAGE_PALETTE.soft, fontFamily: PAGE_PALETTE.font, fontSize: 12};
  const grid = {lineStyle: {color: PAGE_PALETTE.line}};
  const first = Math.floor((line[0] ?? marks[0] ?? [0])[0]);
  const epochStep = Math.max(epochs - first > 1 ? 1 : 0, roundStep(epochs - first, EPOCH_MARKS));
  const y = yAxis(
    [...line, ...marks].map(([, value]) => value),
    shares ? lowest([line, marks]) : undefined,
  );
  const decimals = decimalsOf(shares ? 100 * y.step : y.step);
  const [one, other] = PAGE_PALETTE.curves;
  return {
    animation: false,
    textStyle: text,
    grid: {left: 10, right: 12, top: 10, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all'},
    xAxis: {
      type: 'value',
      min: first,
      max: epochs,
      interval: epochStep,
      name: texts.training.epoch,
      nameLocation: 'middle',
      nameGap: 8,
      nameTextStyle: text,
      // ECharts marks the end too, which may be no multiple.
      axisLabel: {...text, showMaxLabel: isWhole((epochs - first) / epochStep)},
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
    series: [
      {type: 'line', data: line, silent: true, symbol: 'none', lineStyle: {width: 2, color: one}},
      {
        type: 'line',
        data: marks,
        silent: true,
        symbol: 'diamond',
        symbolSize: 7,
        itemStyle: {color: other},
        lineStyle: {width: 1.5, color: other, type: 'dashed'},
      },
    ],
  };
}
