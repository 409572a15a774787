/**
 * The patches of a 3D convolution: what each output pixel reads, in the order of the filter, with zeros for padding.
 * Output pixels are counted through: volumes, planes, rows, columns.
 */
import {copyFloats} from '../conv/source';
import {addFloats} from '../simd';
import {NR} from '../tuning';
import {
  dilationDepth, dilationHeight, dilationWidth, filterDepth, filterHeight, filterWidth, inChannels, inDepth, inHeight,
  inPlaneBytes, inRowBytes, inVolumeBytes, inWidth, outDepth, outHeight, outWidth, padFront, padLeft, padTop, patchSize,
  strideDepth, strideHeight, strideWidth,
} from './geometry';

/** Tags: patches are filled from a volume, or added to one. */
class Fill {}
class Add {}

/** Floats from one patch to the next: whole panels, with room for a whole vector that begins at the last float. */
export function patchPitch(): i32 {
  return (patchSize() + 3 + NR - 1) / NR * NR;
}

/**
 * patches[p] = the patch of output pixel first + p, for p < count: `im2col`. What a row has beyond its patch is
 * undefined.
 */
export function fillPatches(x: usize, first: i32, count: i32, patches: usize): void {
  eachRow<Fill>(x, first, count, patches);
}

/** The other way: adds the patches to where they came from, `col2im`. */
export function addPatches(patches: usize, first: i32, count: i32, dx: usize): void {
  eachRow<Add>(dx, first, count, patches);
}

function eachRow<Direction>(volumes: usize, first: i32, count: i32, patches: usize): void {
  const pitch = <usize>patchPitch() << 2;
  while (count > 0) {
    const column = first % outWidth();
    const n = min(count, outWidth() - column);
    patchesOfRow<Direction>(volumes, first / outWidth(), column, n, patches, pitch);
    patches += <usize>n * pitch;
    first += n;
    count -= n;
  }
}

/**
 * n pixels of an output row from `column` on. A patch is made of runs of neighbouring pixels: a row of the filter, or
 * with a dilation of columns one tap. One run after another, each for all of the pixels.
 */
function patchesOfRow<Direction>(
  volumes: usize, row: i32, column: i32, n: i32, patches: usize, pitch: usize,
): void {
  const plane = row / outHeight();
  const volume = volumes + <usize>(plane / outDepth()) * inVolumeBytes();
  const front = plane % outDepth() * strideDepth() - padFront();
  const top = row % outHeight() * strideHeight() - padTop();
  const left = column * strideWidth() - padLeft();
  const taps = dilationWidth() == 1 ? filterWidth() : 1;
  const runBytes = <usize>(taps * inChannels()) << 2;
  for (let f = 0; f < filterDepth(); f++) {
    const z = front + f * dilationDepth();
    for (let r = 0; r < filterHeight(); r++) {
      const y = top + r * dilationHeight();
      const inside = z >= 0 && z < inDepth() && y >= 0 && y < inHeight();
      const source = inside ? volume + <usize>z * inPlaneBytes() + <usize>y * inRowBytes() : 0;
      for (let c = 0; c < filterWidth(); c += taps) {
        const x = left + c * dilationWidth();
        if (idof<Direction>() == idof<Fill>()) fillRuns(source, x, taps, n, patches, pitch);
        else if (inside) addRuns(source, x, taps, n, patches, pitch);
        patches += runBytes;
      }
    }
  }
}

/**
 * The same run of n patches, from `taps` pixels of a row from column x on; `row` is 0 where all of it is padding. Whole
 * vectors are written, what they have too much is written over by the next run.
 */
function fillRuns(row: usize, x: i32, taps: i32, n: i32, patch: usize, pitch: usize): void {
  const channels = inChannels();
  const width = inWidth();
  const step = strideWidth();
  const end = <usize>(taps * channels) << 2;
  while (n > 0) {
    if (row != 0 && x >= 0 && x + taps <= width) {
      const from = row + (<usize>(x * channels) << 2);
      for (let i: usize = 0; i < end; i += 16) v128.store(patch + i, v128.load(from + i));
    } else {
      for (let i: usize = 0; i < end; i += 16) v128.store(patch + i, f32x4.splat(0));
      const begin = max(x, 0);
      const floats = row == 0 ? 0 : (min(x + taps, width) - begin) * channels;
      copyFloats(row + (<usize>(begin * channels) << 2), patch + (<usize>((begin - x) * channels) << 2), floats);
    }
    x += step;
    patch += pitch;
    n--;
  }
}

/** The other way: adds the run of each of n patches to the row, without what lies in the padding. */
function addRuns(row: usize, x: i32, taps: i32, n: i32, patch: usize, pitch: usize): void {
  const channels = inChannels();
  const width = inWidth();
  const step = strideWidth();
  while (n > 0) {
    const begin = max(x, 0);
    const floats = (min(x + taps, width) - begin) * channels;
    addFloats(patch + (<usize>((begin - x) * channels) << 2), row + (<usize>(begin * channels) << 2), floats);
    x += step;
    patch += pitch;
    n--;
  }
}
