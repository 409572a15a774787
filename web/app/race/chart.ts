/** The chart of a race's figures: imported by `import()` alone, since ECharts is larger than the page. */
import {CustomChart} from 'echarts/charts';
import {GridComponent, TitleComponent} from 'echarts/components';
import {init, use} from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';
import {shortNumber} from '../../../common/format';
import {PAGE_PALETTE, type Palette} from '../../../common/theme';
import {titleOf} from '../../race/entrants';
import {type RaceRecord, type RateScale, ratesOf, scaleOf} from '../../race/figures';
import {noteOn, noteOnBackend} from '../../race/notes';
import {PHASES, type Phase, type Standing} from '../../race/types';
import {texts} from '../../texts';
import {roundAxis} from '../parts/ticks';
import {pageFont} from './picture';

use([CustomChart, GridComponent, TitleComponent, SVGRenderer]);

const OWN = 'mnist-wasm';
/** Pixels. */
const FONT = 13;
const LINE = 19;
/** Of a competitor: a line of text, and its bar below. */
const ROW = 44;
const BAR = 12;
const WHISKER = 4;
const AXIS = 26;
const GAP = 18;
const MARGIN = 16;
/** Below, a name and a rate are a line: the line in the bar tells the spread. */
const NARROW = 420;
/** Of a letter, on average. */
const LETTER = 0.54;
/** Parts of an axis, at most. */
const MARKS = 5;

interface ChartLook {
  palette: Palette;
  background: string;
  width: number;
}

interface Panel {
  phase: Phase;
  scale: RateScale;
  title: string;
  note: string;
  top: number;
  /** Where its bars begin. */
  barsTop: number;
}

/** What a custom series is told of its place: echarts exports no type of it. */
interface Place {
  dataIndex: number;
  coordSys: {x: number; width: number};
}
interface Coordinates {
  coord(value: [rate: number, row: number]): [x: number, y: number];
}

/** Draws into an element in the page's colours, which follow light and dark; gives what ends it. */
export function mountChart(box: HTMLElement, standings: readonly Standing[], record: RaceRecord): () => void {
  const chart = init(box, null, {renderer: 'svg', height: 100});
  const palette = {...PAGE_PALETTE, font: pageFont()};
  let width = 0;
  const draw = () => {
    if (box.clientWidth === 0 || box.clientWidth === width) return;
    width = box.clientWidth;
    const {option, height} = chartOf(standings, record, {palette, background: 'transparent', width});
    chart.resize({width, height});
    chart.setOption(option, {notMerge: true});
  };
  draw();
  const resized = new ResizeObserver(draw);
  resized.observe(box);
  return () => {
    resized.disconnect();
    chart.dispose();
  };
}

/** As an SVG that needs no style sheet. */
export function chartSvg(standings: readonly Standing[], record: RaceRecord, look: ChartLook): string {
  const {option, height} = chartOf(standings, record, look);
  const chart = init(null, null, {renderer: 'svg', ssr: true, width: look.width, height});
  try {
    chart.setOption(option);
    // The style element holds hover rules, which a silent chart has no use for.
    return chart.renderToSVGString().replace(/<style[\s\S]*?<\/style>/, '');
  } finally {
    chart.dispose();
  }
}

function chartOf(standings: readonly Standing[], record: RaceRecord, {palette, background, width}: ChartLook) {
  const inner = width - 2 * MARGIN;
  const linesOf = (text: string) => LINE * Math.ceil((text.length * FONT * LETTER) / inner);
  const title = texts.race.chartTitle(record.title, record.batchSize);
  const footer = texts.race.measuredOn(record);
  const panels: Panel[] = [];
  let top = MARGIN + linesOf(`${title}      `) + GAP / 2;
  for (const phase of PHASES) {
    const scale = scaleOf(ratesOf(standings, phase));
    const [heading, note] = [texts.race.phases[phase], scale.log ? texts.race.logScale : texts.race.linearScale];
    const barsTop = top + linesOf(heading) + linesOf(note) + 4;
    panels.push({phase, scale, title: heading, note, top, barsTop});
    top = barsTop + standings.length * ROW + AXIS + GAP;
  }
  const text = (fill: string, weight = 'normal', size = FONT) => ({
    color: fill,
    fontFamily: palette.font,
    fontSize: size,
    fontWeight: weight,
    lineHeight: LINE,
    width: inner,
    overflow: 'break',
  });
  const at = (place: number) => ({left: MARGIN, top: place, padding: 0, itemGap: 0});
  const option = {
    animation: false,
    backgroundColor: background,
    title: [
      {...at(MARGIN), text: title, textStyle: text(palette.text, 'bold', FONT + 2)},
      ...panels.map((panel) => ({
        ...at(panel.top),
        text: panel.title,
        textStyle: text(palette.text, 'bold'),
        subtext: panel.note,
        subtextStyle: text(palette.soft),
      })),
      {...at(top), text: footer, textStyle: text(palette.soft)},
    ],
    grid: panels.map(({barsTop}) => ({
      left: MARGIN,
      width: inner,
      top: barsTop,
      height: standings.length * ROW,
      outerBoundsMode: 'none',
    })),
    xAxis: panels.map(({scale}, gridIndex) => xAxis(scale, gridIndex, palette)),
    yAxis: panels.map((_, gridIndex) => ({
      type: 'category',
      gridIndex,
      inverse: true,
      data: standings.map(titleOf),
      axisLabel: {show: false},
      axisTick: {show: false},
      axisLine: {lineStyle: {color: palette.soft}},
    })),
    series: panels.map(({phase, scale}, i) => ({
      type: 'custom',
      xAxisIndex: i,
      yAxisIndex: i,
      silent: true,
      data: standings.map((_, row) => [scale.max, row]),
      renderItem: (place: Place, coordinates: Coordinates) =>
        drawRow(standings[place.dataIndex], phase, scale, palette, place, coordinates),
    })),
  };
  return {option, height: Math.ceil(top + linesOf(footer) + MARGIN)};
}

function xAxis({log, min, max}: RateScale, gridIndex: number, palette: Palette) {
  const round = roundAxis([0, max], MARKS);
  return {
    gridIndex,
    ...(log ? {type: 'log', min, max} : {type: 'value', min: 0, max: round.max, interval: round.step}),
    axisLabel: {
      color: palette.soft,
      fontFamily: palette.font,
      fontSize: FONT - 1,
      formatter: shortNumber,
      hideOverlap: true,
      alignMinLabel: 'left',
      alignMaxLabel: 'right',
    },
    splitLine: {lineStyle: {color: palette.line}},
  };
}

/** The name and the figures, and below them the bar with a line from the slowest to the fastest round. */
function drawRow(
  standing: Standing,
  phase: Phase,
  scale: RateScale,
  palette: Palette,
  {dataIndex, coordSys: {x: left, width}}: Place,
  {coord}: Coordinates,
) {
  const result = standing.results[phase];
  const measured = result?.kind === 'measured' ? result : undefined;
  const top = coord([scale.max, dataIndex])[1] - ROW / 2;
  const rate = measured ? shortNumber(measured.imagesPerSecond) : '';
  const spread = measured?.spread ? texts.race.spread(measured.spread) : '';
  const details = width < NARROW ? '' : `${spread}  ${noteOnBackend(standing, phase)}`;
  const soft = measured ? details : noteOn(standing, phase);
  const words = {
    type: 'text',
    x: left + 6,
    y: top + 5,
    style: {
      text: `${titleOf(standing)}  {rate|${rate}}  {soft|${soft}}`,
      fill: palette.text,
      fontFamily: palette.font,
      fontSize: FONT,
      lineHeight: LINE - 2,
      width: width - 6,
      overflow: 'break',
      rich: {
        rate: {fontWeight: 'bold', fontFamily: palette.font, fontSize: FONT, fill: palette.text},
        soft: {fontFamily: palette.font, fontSize: FONT - 1, fill: palette.soft},
      },
    },
  };
  if (!measured) return {type: 'group', children: [words]};
  const xOf = (value: number) => coord([value, dataIndex])[0];
  const barTop = top + LINE + 6;
  const middle = barTop + BAR / 2;
  const colour = palette.curves[standing.backend === OWN ? 0 : 1];
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line',
    shape: {x1, y1, x2, y2},
    style: {stroke: palette.text, lineWidth: 1.5},
  });
  const {low, high} = measured.spread ?? {};
  const [from, to] = [low, high].map((value) => value && xOf(value));
  const whisker =
    from && to
      ? [line(from, middle, to, middle), ...[from, to].map((end) => line(end, middle - WHISKER, end, middle + WHISKER))]
      : [];
  return {
    type: 'group',
    children: [
      words,
      {
        type: 'rect',
        shape: {x: left, y: barTop, width: Math.max(1, xOf(measured.imagesPerSecond) - left), height: BAR},
        style: {fill: colour},
      },
      ...whisker,
    ],
  };
}
