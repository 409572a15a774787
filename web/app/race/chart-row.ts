/** A competitor in the chart of a race. */
import {shortNumber} from '../../../common/format';
import type {Palette} from '../../../common/theme';
import {titleOf} from '../../race/entrants';
import type {RateScale} from '../../race/figures';
import {noteOn, noteOnBackend} from '../../race/notes';
import type {Phase, Standing} from '../../race/types';
import {texts} from '../../texts';

const OWN = 'mnist-wasm';
/** Pixels. */
export const FONT = 13;
export const LINE = 19;
/** A line of text, and the bar below. */
export const ROW = 44;
const BAR = 12;
const WHISKER = 4;
/** Below, a name and a rate are a line: the line in the bar tells the spread. */
const NARROW = 420;

/** What a custom series is told of its place: echarts exports no type of it. */
export interface Place {
  dataIndex: number;
  coordSys: {x: number; width: number};
}
export interface Coordinates {
  coord(value: [rate: number, row: number]): [x: number, y: number];
}

/** The name and the figures, and below them the bar with a line from the slowest to the fastest round. */
export function drawRow(
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
