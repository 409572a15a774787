/** The relu that follows minimal filtering: an output whose exact sum is 0 is 0, wherever it lies. */
import {expect, it} from 'vitest';
import {Kernels, numbers} from '../../../src/backend/testing/kernels';
import {RecordLayout} from '../../../src/internal';
import {Conv2DPath, Geometry2DWords} from '../../abi';

const [SIZE, CHANNELS, TAPS] = [28, 16, 3];

it('is exact at the far end of an image whose first tiles are partly zero', async () => {
  const kernels = await Kernels.load();
  const {wasm} = kernels;
  const geometry = kernels.words(
    new RecordLayout(Geometry2DWords).pack([
      {
        ...{batchSize: 1, inHeight: SIZE, inWidth: SIZE, inChannels: CHANNELS},
        ...{outHeight: SIZE, outWidth: SIZE, outChannels: CHANNELS, filterHeight: TAPS, filterWidth: TAPS},
        ...{strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1},
        ...{padTop: 1, padLeft: 1, usesWinograd: 1},
      },
    ]),
  );
  expect(wasm.conv2d_path(geometry)).toBe(Conv2DPath.winograd);
  // Eighths, so that direct sums are exact. In output channel 0, an odd input channel takes back what the one before gives.
  const eighths = (n: number, seed: number) => numbers(n, seed).map((value) => Math.round(value * 64) / 8);
  const filter = eighths(TAPS * TAPS * CHANNELS * CHANNELS, 1);
  for (let i = CHANNELS; i < filter.length; i += 2 * CHANNELS) filter[i] = -filter[i - CHANNELS];
  const x = new Float32Array(SIZE * SIZE * CHANNELS);
  const pixel = (row: number, column: number) => (row * SIZE + column) * CHANNELS;
  // Of the first tile, 4x4 outputs, the first one reads only zeros, and others do not.
  x.set(eighths(CHANNELS, 2), pixel(3, 3));
  const block = eighths(9 * CHANNELS, 3).map((_, i, values) => values[i & ~1]);
  for (let i = 0; i < 9; i++) {
    x.set(block.subarray(i * CHANNELS, (i + 1) * CHANNELS), pixel(20 + Math.floor(i / 3), 20 + (i % 3)));
  }
  const [xAt, filterAt, y] = [x, filter, new Float32Array(x.length)].map((values) => kernels.floats(values));
  wasm.conv2d_f32(xAt, filterAt, 0, y, true, geometry, kernels.allocate(wasm.conv2d_f32_scratch_bytes(geometry)));
  const out = kernels.read(y, x.length);
  const far = Array.from({length: 25}, (_, i) => out[pixel(19 + Math.floor(i / 5), 19 + (i % 5))]);
  expect(far).toEqual(new Array(25).fill(0));
  expect(out.filter((value) => value !== 0).length).toBeGreaterThan(100);
});
