import {areaAverage, type Raster} from '../raster';
import {otsuThreshold, valuesWithin} from './threshold';

/** 1, x, y and their products. */
const TERMS = 6;
/** The share of the shorter side that counts as the border. */
const BORDER = 0.04;
const ROUNDS = 2;
/** The longer side of the copy that the surface is found on: it has no detail. */
const FIT_SIDE = 160;

/**
 * An image less its paper: each channel's difference from a background that varies smoothly, as light falling off to a
 * side makes it. The paper is what the border shows, whether bright or dark.
 *
 * The background is a quadratic surface, first through the border (what differs most from it, such as a stroke that
 * reaches the edge, is left out), then through all that Otsu's threshold does not take for ink. It is found on a small copy.
 *
 * @param area a mask [height, width] of 0 and 1: the paper is what most of it shows, and the rest does not count.
 */
export function withoutPaper(image: Raster, area?: Uint8Array): Raster {
  const scale = Math.min(1, FIT_SIDE / Math.max(image.width, image.height));
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
  const small = areaAverage(image, {left: 0, top: 0, width: image.width, height: image.height}, width, height);
  const within = area && sampled(area, image, small);
  let paper = within ?? isBorder(small);
  let surface: Surface = [];
  for (let round = 0; round < 2 * ROUNDS; round++) {
    surface = fitSurface(small, paper);
    const off = distances(difference(small, surface));
    const border = round < ROUNDS - 1;
    const limit = border ? 3 * medianWhere(off, paper) + 2 : otsuThreshold(valuesWithin(off, within));
    const from = border ? paper : within;
    paper = Uint8Array.from(off, (distance, i) => Number(distance <= limit && from?.[i] !== 0));
  }
  return difference(image, surface);
}

/** The length of each pixel's difference from the paper. */
export function distances({data, channels}: Raster): Float32Array {
  const lengths = new Float32Array(data.length / channels);
  for (let i = 0; i < lengths.length; i++) {
    let squares = 0;
    for (let c = 0; c < channels; c++) squares += data[i * channels + c] ** 2;
    lengths[i] = Math.sqrt(squares);
  }
  return lengths;
}

function sampled(area: Uint8Array, {width, height}: Raster, small: Raster): Uint8Array {
  return Uint8Array.from({length: small.width * small.height}, (_, i) => {
    const x = Math.floor((((i % small.width) + 0.5) * width) / small.width);
    const y = Math.floor(((Math.floor(i / small.width) + 0.5) * height) / small.height);
    return area[y * width + x];
  });
}

function isBorder({width, height}: Raster): Uint8Array {
  const thickness = Math.max(1, Math.round(BORDER * Math.min(width, height)));
  return Uint8Array.from({length: width * height}, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return Number(Math.min(x, y, width - 1 - x, height - 1 - y) < thickness);
  });
}

/** The coefficients of each term, for each channel. */
type Surface = Float64Array[];

function difference(image: Raster, surface: Surface): Raster {
  const {width, height, channels} = image;
  const data = image.data.slice();
  for (let c = 0; c < channels; c++) {
    const [one, x1, y1, xx, xy, yy] = surface[c];
    for (let row = 0; row < height; row++) {
      const y = middle(row, height);
      for (let column = 0; column < width; column++) {
        const x = middle(column, width);
        const value = one + x1 * x + y1 * y + xx * (x * x) + xy * (x * y) + yy * (y * y);
        data[(row * width + column) * channels + c] -= value;
      }
    }
  }
  return {...image, data};
}

/** The quadratic surface that comes closest to each channel's pixels where `use` is 1 (least squares). */
function fitSurface(image: Raster, use: Uint8Array): Surface {
  const {channels, data} = image;
  // The normal equations, the channels' right-hand sides beside them.
  const equations = Array.from({length: TERMS}, () => new Float64Array(TERMS + channels));
  forEachPixel(image, (i, terms) => {
    if (use[i] === 0) return;
    for (let r = 0; r < TERMS; r++) {
      for (let c = 0; c < TERMS; c++) equations[r][c] += terms[r] * terms[c];
      for (let c = 0; c < channels; c++) equations[r][TERMS + c] += terms[r] * data[i * channels + c];
    }
  });
  solve(equations);
  return Array.from({length: channels}, (_, c) => Float64Array.from(equations, (row) => row[TERMS + c]));
}

function forEachPixel({width, height}: Raster, visit: (index: number, terms: Float64Array) => void): void {
  const terms = new Float64Array(TERMS).fill(1);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [x, y] = [middle(column, width), middle(row, height)];
      terms[1] = x;
      terms[2] = y;
      terms[3] = x * x;
      terms[4] = x * y;
      terms[5] = y * y;
      visit(row * width + column, terms);
    }
  }
}

/** A pixel's middle, from -1 to 1. */
function middle(place: number, count: number): number {
  return (2 * place + 1) / count - 1;
}

/** Gauss and Jordan's elimination of a symmetric, positive definite system, in place. */
function solve(equations: Float64Array[]): void {
  // Where an image has too few rows or columns for six terms, those without a say become 0.
  const ridge = 1e-9 * equations[0][0] + 1e-12;
  for (let p = 0; p < TERMS; p++) equations[p][p] += ridge;
  for (let p = 0; p < TERMS; p++) {
    const pivot = equations[p][p];
    equations[p].forEach((value, c) => {
      equations[p][c] = value / pivot;
    });
    for (let r = 0; r < TERMS; r++) {
      if (r === p) continue;
      const factor = equations[r][p];
      for (let c = p; c < equations[r].length; c++) equations[r][c] -= factor * equations[p][c];
    }
  }
}

function medianWhere(values: Float32Array, use: Uint8Array): number {
  const used = values.filter((_, i) => use[i] === 1).sort();
  return used[used.length >> 1] ?? 0;
}
