/**
 * The patches of a 3D convolution: what each output pixel reads, in the order of the filter, with zeros for padding.
 * Output pixels are numbered through volumes, planes, rows and columns.
 */
import {copyFloats} from '../conv/source';
import {addFloats} from '../simd';
import {NR} from '../tuning';
import {Geometry3D} from './geometry';

/** Tags: patches are filled from a volume, or added to one. */
class Fill {}
class Add {}

/**
 * Floats from one patch to the next: whole panels, with room for a whole vector that begins at the patch's last float.
 */
export function patchPitch(g: Geometry3D): i32 {
  return ((g.patchSize() + 3 + NR - 1) / NR) * NR;
}

/**
 * im2col: patches[p] = the patch of output pixel first + p, for p < count. What a row has after its patch is undefined.
 */
export function fillPatches(g: Geometry3D, x: usize, first: i32, count: i32, patches: usize): void {
  eachRow<Fill>(g, x, first, count, patches);
}

/** col2im, the reverse: adds the patches to the elements that fillPatches() reads them from. */
export function addPatches(g: Geometry3D, patches: usize, first: i32, count: i32, dx: usize): void {
  eachRow<Add>(g, dx, first, count, patches);
}

function eachRow<Direction>(g: Geometry3D, volumes: usize, first: i32, count: i32, patches: usize): void {
  const pitch = (<usize>patchPitch(g)) << 2;
  while (count > 0) {
    const column = first % g.outWidth;
    const n = min(count, g.outWidth - column);
    patchesOfRow<Direction>(g, volumes, first / g.outWidth, column, n, patches, pitch);
    patches += <usize>n * pitch;
    first += n;
    count -= n;
  }
}

/**
 * n pixels of an output row, from `column` on. A patch consists of runs of contiguous floats: one for each filter row,
 * or one for each tap if columns are dilated. The runs are processed one after another, each for all n patches.
 */
function patchesOfRow<Direction>(
  g: Geometry3D,
  volumes: usize,
  row: i32,
  column: i32,
  n: i32,
  patches: usize,
  pitch: usize,
): void {
  const plane = row / g.outHeight;
  const volume = volumes + <usize>(plane / g.outDepth) * g.inVolumeBytes();
  const front = (plane % g.outDepth) * g.strideDepth - g.padFront;
  const top = (row % g.outHeight) * g.strideHeight - g.padTop;
  const left = column * g.strideWidth - g.padLeft;
  const taps = g.dilationWidth == 1 ? g.filterWidth : 1;
  const runBytes = (<usize>(taps * g.inChannels)) << 2;
  for (let f = 0; f < g.filterDepth; f++) {
    const z = front + f * g.dilationDepth;
    for (let r = 0; r < g.filterHeight; r++) {
      const y = top + r * g.dilationHeight;
      const inside = z >= 0 && z < g.inDepth && y >= 0 && y < g.inHeight;
      const source = inside ? volume + <usize>z * g.inPlaneBytes() + <usize>y * g.inRowBytes() : 0;
      for (let c = 0; c < g.filterWidth; c += taps) {
        const x = left + c * g.dilationWidth;
        if (idof<Direction>() == idof<Fill>()) fillRuns(g, source, x, taps, n, patches, pitch);
        else if (inside) addRuns(g, source, x, taps, n, patches, pitch);
        patches += runBytes;
      }
    }
  }
}

/**
 * Fills one run of n patches: `taps` pixels of an image row, for the first patch from column x on; `row` is 0 where all
 * of it is padding. Whole vectors are written; the next run overwrites the excess.
 */
function fillRuns(g: Geometry3D, row: usize, x: i32, taps: i32, n: i32, patch: usize, pitch: usize): void {
  const channels = g.inChannels;
  const width = g.inWidth;
  const step = g.strideWidth;
  const end = (<usize>(taps * channels)) << 2;
  while (n > 0) {
    if (row != 0 && x >= 0 && x + taps <= width) {
      const from = row + ((<usize>(x * channels)) << 2);
      for (let i: usize = 0; i < end; i += 16) v128.store(patch + i, v128.load(from + i));
    } else {
      for (let i: usize = 0; i < end; i += 16) v128.store(patch + i, f32x4.splat(0));
      const begin = max(x, 0);
      const floats = row == 0 ? 0 : (min(x + taps, width) - begin) * channels;
      copyFloats(row + ((<usize>(begin * channels)) << 2), patch + ((<usize>((begin - x) * channels)) << 2), floats);
    }
    x += step;
    patch += pitch;
    n--;
  }
}

/** The reverse: adds one run of n patches to the row, without what lies in the padding. */
function addRuns(g: Geometry3D, row: usize, x: i32, taps: i32, n: i32, patch: usize, pitch: usize): void {
  const channels = g.inChannels;
  const width = g.inWidth;
  const step = g.strideWidth;
  while (n > 0) {
    const begin = max(x, 0);
    const floats = (min(x + taps, width) - begin) * channels;
    addFloats(patch + ((<usize>((begin - x) * channels)) << 2), row + ((<usize>(begin * channels)) << 2), floats);
    x += step;
    patch += pitch;
    n--;
  }
}
