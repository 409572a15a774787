/** The chart of a race's figures: imported by `import()` alone, since ECharts is larger than the page. */
import {CustomChart} from 'echarts/charts';
import {GridComponent, TitleComponent} from 'echarts/components';
import {graphic, init, use} from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';
import {shortNumber} from '../../../common/format';
import {PAGE_PALETTE, type Palette} from '../../../common/theme';
import {titleOf} from '../../race/entrants';
import {type RaceRecord, type RateScale, ratesOf, scaleOf} from '../../race/figures';
import {PHASES, type Phase, type Standing} from '../../race/types';
import {texts} from '../../texts';
import {roundAxis} from '../parts/ticks';
import {type Coordinates, drawRow, FONT, LINE, type Place, ROW} from './chart-row';
import {pageFont} from './picture';

use([CustomChart, GridComponent, TitleComponent, SVGRenderer]);

/** Pixels. */
const AXIS = 26;
const GAP = 18;
const MARGIN = 16;
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
  const text = (fill: string, weight: 'normal' | 'bold' = 'normal', size = FONT) => ({
    color: fill,
    fontFamily: palette.font,
    fontSize: size,
    fontWeight: weight,
    lineHeight: LINE,
    width: inner,
    overflow: 'break' as const,
  });
  const styles = {
    title: text(palette.text, 'bold', FONT + 2),
    heading: text(palette.text, 'bold'),
    note: text(palette.soft),
  };
  const heightOf = (words: string, kind: keyof typeof styles) =>
    new graphic.Text({style: {...styles[kind], text: words}}).getBoundingRect().height;
  const title = texts.race.chartTitle(record.title, record.batchSize);
  const footer = texts.race.measuredOn(record);
  const panels: Panel[] = [];
  let top = MARGIN + heightOf(title, 'title') + GAP / 2;
  for (const phase of PHASES) {
    const scale = scaleOf(ratesOf(standings, phase));
    const [heading, note] = [texts.race.phases[phase], scale.log ? texts.race.logScale : texts.race.linearScale];
    const barsTop = top + heightOf(heading, 'heading') + heightOf(note, 'note') + 4;
    panels.push({phase, scale, title: heading, note, top, barsTop});
    top = barsTop + standings.length * ROW + AXIS + GAP;
  }
  const at = (place: number) => ({left: MARGIN, top: place, padding: 0, itemGap: 0});
  const option = {
    animation: false,
    backgroundColor: background,
    title: [
      {...at(MARGIN), text: title, textStyle: styles.title},
      ...panels.map((panel) => ({
        ...at(panel.top),
        text: panel.title,
        textStyle: styles.heading,
        subtext: panel.note,
        subtextStyle: styles.note,
      })),
      {...at(top), text: footer, textStyle: styles.note},
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
  return {option, height: Math.ceil(top + heightOf(footer, 'note') + MARGIN)};
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
