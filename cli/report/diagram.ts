import dagre from '@dagrejs/dagre';
import {count} from '../../common/format';
import {PAGE_PALETTE, type Palette} from '../../common/theme';
import type {LayerRecord, RunRecord} from '../run/record';
import {escapeHtml} from './html';
import {FILE_PALETTE} from './palette';

const MIN_WIDTH = 200;
const HEIGHT = 48;
const INPUT_HEIGHT = 28;
const MARGIN = 6;
/** Of 13 pixels in a wide font: what a text may need. */
const CHARACTER = 7.6;

interface Box {
  id: string;
  lines: string[];
  width: number;
  height: number;
}

/**
 * A model's structure as an SVG: from top to bottom a box for each layer with its type, output shape and parameters, and
 * arrows along which tensors go; the layout is dagre's.
 */
export function structureSvg({layers}: Pick<RunRecord['model'], 'layers'>, palette: Palette = FILE_PALETTE): string {
  const graph = layout(layers);
  const {width = 0, height = 0} = graph.graph();
  const arrows = graph.edges().map((edge) => arrow(graph.edge(edge).points, palette));
  const boxes = graph.nodes().map((id) => box(graph.node(id) as unknown as Box & {x: number; y: number}, palette));
  const label = `Structure of the model: ${layers.map(({type}) => type).join(', ')}`;
  const [w, h] = [width, height].map(Math.ceil);
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeHtml(label)}" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">
<g font-family="${palette.font}" font-size="13" text-anchor="middle">
${[...arrows, ...boxes].join('\n')}
</g>
</svg>`;
}

/** The same in the colours of a page. */
export function structureDiagram(model: Pick<RunRecord['model'], 'layers'>): string {
  return structureSvg(model, PAGE_PALETTE);
}

function layout(layers: LayerRecord[]) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({rankdir: 'TB', ranksep: 22, nodesep: 24, marginx: MARGIN, marginy: MARGIN});
  graph.setDefaultEdgeLabel(() => ({}));
  const names = new Set(layers.map(({name}) => name));
  const inputs = new Set(layers.flatMap((layer) => layer.inputs.filter((name) => !names.has(name))));
  for (const name of inputs) graph.setNode(name, {...boxOf(['input']), height: INPUT_HEIGHT});
  for (const {name, type, outputShape, parameters} of layers) {
    const what = parameters === 0 ? outputShape : `${outputShape} · ${count(parameters)}`;
    graph.setNode(name, boxOf([type, what]));
  }
  for (const {name, inputs: from} of layers) for (const source of from) graph.setEdge(source, name);
  dagre.layout(graph);
  return graph;
}

function boxOf(lines: string[]): Omit<Box, 'id'> {
  const longest = Math.max(...lines.map((line) => line.length));
  return {lines, width: Math.max(MIN_WIDTH, Math.ceil(longest * CHARACTER) + 20), height: HEIGHT};
}

function box({x, y, width, height, lines}: Box & {x: number; y: number}, palette: Palette): string {
  const [left, top] = [x - width / 2, y - height / 2].map(round);
  const radius = lines.length === 1 ? height / 2 : 8;
  const texts = lines.map((line, i) => {
    const baseline = round(y + 4.5 + (i - (lines.length - 1) / 2) * 18);
    const style = i === 0 && lines.length > 1 ? ` font-weight="600" fill="${palette.text}"` : ` fill="${palette.soft}"`;
    return `<text x="${round(x)}" y="${baseline}"${style}>${escapeHtml(line)}</text>`;
  });
  return `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="${radius}" fill="${palette.box}" stroke="${palette.line}"/>${texts.join('')}`;
}

function arrow(points: {x: number; y: number}[], palette: Palette): string {
  const line = points.map(({x, y}, i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
  const {x, y} = points[points.length - 1];
  // Layers lie below their inputs, so every arrow comes from above.
  const head = `M${round(x - 4)} ${round(y - 7)}L${round(x)} ${round(y)}L${round(x + 4)} ${round(y - 7)}`;
  return `<path d="${line}${head}" fill="none" stroke="${palette.soft}" stroke-width="1.5" stroke-linejoin="round"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
