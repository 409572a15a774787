import type {TestMap} from '../../lab/inside/types';
import {spotOf} from './map-points';

/** Of the digits, on black; M. Okabe and K. Ito's, which colour-blind people tell apart, brighter, and two greys. */
const COLOURS = [
  '#ffffff',
  '#56b4e9',
  '#e69f00',
  '#00b884',
  '#f0e442',
  '#4d94ff',
  '#ff7a33',
  '#e08cc0',
  '#b9c0c8',
  '#a6e05a',
];
/** Milliseconds of the way from one map to the next. */
const WAY = 400;
/** Pixels of the page. */
const MARK = 12;

/** A map on a canvas: its marks move to where the next map has them, at once for those who want no motion. */
export class MapPicture {
  private readonly still = matchMedia('(prefers-reduced-motion: reduce)');
  private readonly resized = new ResizeObserver(() => this.draw());
  private labels = new Uint8Array();
  private from = new Float32Array();
  private to = new Float32Array();
  private now = new Float32Array();
  private began = 0;
  private frame = 0;
  private marked: number | undefined;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.resized.observe(canvas);
  }

  show({points, labels}: TestMap): void {
    this.labels = new Uint8Array(labels);
    this.from = this.now.length === points.length && !this.still.matches ? this.now : new Float32Array(points);
    this.to = new Float32Array(points);
    this.began = performance.now();
    cancelAnimationFrame(this.frame);
    this.move();
  }

  mark(index: number | undefined): void {
    this.marked = index;
    this.draw();
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.resized.disconnect();
  }

  private move(): void {
    const passed = Math.min(1, (performance.now() - this.began) / WAY);
    const {from, to} = this;
    this.now = to.map((end, i) => from[i] + passed * (end - from[i]));
    this.draw();
    if (passed < 1 && from.some((start, i) => start !== to[i])) {
      this.frame = requestAnimationFrame(() => this.move());
    }
  }

  private draw(): void {
    const {canvas, labels} = this;
    const context = canvas.getContext('2d');
    const side = canvas.clientWidth;
    if (!context || side === 0) return;
    const dense = Math.min(2, devicePixelRatio);
    // Setting a size clears the canvas too.
    canvas.width = canvas.height = Math.round(side * dense);
    context.scale(dense, dense);
    context.font = `600 ${MARK}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (let i = 0; i < labels.length; i++) {
      const [x, y] = spotOf(this.now, i);
      context.fillStyle = COLOURS[labels[i]];
      context.fillText(String(labels[i]), x * side, y * side);
    }
    if (this.marked === undefined || this.marked >= labels.length) return;
    const [x, y] = spotOf(this.now, this.marked);
    context.strokeStyle = '#ffffff';
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x * side, y * side, MARK, 0, 2 * Math.PI);
    context.stroke();
  }
}
