import {LineChart} from 'echarts/charts';
import {GridComponent} from 'echarts/components';
import * as echarts from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';
import {useEffect, useRef} from 'preact/hooks';
import {PAGE_PALETTE} from '../../../common/theme';

echarts.use([LineChart, GridComponent, SVGRenderer]);

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
  /** How values are written. */
  format: (value: number) => string;
  /** Whether the values are shares of 1, and the axis so ends there. */
  shares?: boolean;
}

/** Milliseconds between two drawings: each takes some 5 ms of the page's time. */
const REDRAW_INTERVAL = 300;

/** Two curves over the epochs that grow while a training runs; in the page's colours. */
export function LiveChart(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts | null>(null);
  const latest = useRef(props);
  const timer = useRef(0);
  latest.current = props;

  useEffect(() => {
    const created = echarts.init(box.current, null, {renderer: 'svg'});
    chart.current = created;
    const resized = new ResizeObserver(() => created.resize());
    resized.observe(box.current as HTMLElement);
    created.setOption(options(latest.current));
    return () => {
      window.clearTimeout(timer.current);
      resized.disconnect();
      created.dispose();
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

function options({line, marks, epochs, format, shares}: Props) {
  const text = {color: PAGE_PALETTE.soft, fontFamily: PAGE_PALETTE.font, fontSize: 12};
  const grid = {lineStyle: {color: PAGE_PALETTE.line}};
  const [first, second] = PAGE_PALETTE.curves;
  return {
    animation: false,
    textStyle: text,
    grid: {left: 10, right: 12, top: 10, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'all'},
    xAxis: {
      type: 'value',
      min: 0,
      max: epochs,
      minInterval: epochs > 1 ? 1 : undefined,
      name: 'epoch',
      nameLocation: 'middle',
      nameGap: 8,
      nameTextStyle: text,
      axisLabel: text,
      axisLine: grid,
      splitLine: {show: false},
    },
    yAxis: {
      type: 'value',
      ...(shares ? {min: Math.min(0.9, lowest([line, marks])), max: 1} : {scale: true}),
      splitNumber: 4,
      axisLabel: {...text, formatter: format},
      splitLine: grid,
    },
    series: [
      {type: 'line', data: line, silent: true, symbol: 'none', lineStyle: {width: 2, color: first}},
      {
        type: 'line',
        data: marks,
        silent: true,
        symbol: 'diamond',
        symbolSize: 7,
        itemStyle: {color: second},
        lineStyle: {width: 1.5, color: second, type: 'dashed'},
      },
    ],
  };
}
