/** Where the CPU backend is no reference for image kernels, since it is wrong or has nothing. */
import 'mnist-wasm';
import {concat, engine, setBackend, stack, type Tensor, tensor, tidy, unstack} from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {makeValues} from '../../../../test/cases/values';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

const run = (kernel: string, inputs: Record<string, Tensor>, attrs: object): Tensor =>
  engine().runKernel(kernel, inputs as never, attrs as never);
const draw = (shape: number[], seed = 0): Tensor => tensor(makeValues({shape, seed}, 0) as Float32Array, shape);

const corners = {alignCorners: false, halfPixelCenters: false};
const modes = [corners, {...corners, alignCorners: true}];

describe('ResizeBilinearGrad and ResizeNearestNeighborGrad', () => {
  const shapes: [number[], [number, number]][] = [
    [
      [2, 3, 5, 1],
      [7, 4],
    ],
    [
      [3, 2, 4, 3],
      [5, 9],
    ],
    [
      [2, 6, 3, 5],
      [2, 2],
    ],
    // Here the CPU backend's ResizeNearestNeighborGrad never ends.
    [
      [2, 1, 3, 2],
      [4, 4],
    ],
  ];
  const cases = ['ResizeBilinear', 'ResizeNearestNeighbor'].flatMap((kernel) =>
    shapes.flatMap(([shape, size]) => modes.map((mode) => [kernel, shape, size, mode] as const)),
  );

  // Resizing is linear: sum(dy * resize(x)) is sum(dx * x) for any x.
  it.for(cases)('%sGrad of [%s] to [%s] is the transpose of the resizing, %o', ([kernel, shape, size, mode]) => {
    tidy(() => {
      const x = draw(shape);
      const dy = draw([shape[0], ...size, shape[3]], 1);
      const attrs = {...mode, size};
      const dx = run(`${kernel}Grad`, {images: x, dy}, attrs);
      expect(dx.shape).toEqual(shape);
      for (const [i, [xi, dxi, dyi]] of zip(x, dx, dy).entries()) {
        const y = run(kernel, {images: xi}, attrs);
        expect(dot(xi, dxi), `image ${i}`).toBeCloseTo(dot(y, dyi), 4);
      }
    });
  });

  it('gives each pixel of an image that is not square its part', () => {
    tidy(() => {
      const images = tensor([0, 0], [1, 1, 2, 1]);
      const dy = tensor([1, 2, 4, 8], [1, 1, 4, 1]);
      // The columns of dy lie at 0, 0.5, 1 and, behind the last pixel, at 1.5.
      const dx = run('ResizeBilinearGrad', {images, dy}, {...corners, size: [1, 4]});
      expect(dx.shape).toEqual([1, 1, 2, 1]);
      expect([...dx.dataSync()]).toEqual([1 + 1, 1 + 4 + 8]);
    });
  });
});

describe('Transform', () => {
  const interpolations = ['nearest', 'bilinear'] as const;

  it.for(interpolations)('does to each image of a batch what it does to that image alone, %s', (interpolation) => {
    tidy(() => {
      const image = draw([3, 5, 6, 2]);
      const turned = [1.1, -0.3, 1.7, 0.25, 0.9, -0.6, 0, 0];
      const transforms = tensor([turned, [1, 0, -2, 0, 1, 3, 0, 0], [0.5, 0, 0, 0, 0.5, 0, 0.1, 0]]);
      const attrs = {interpolation, fillMode: 'reflect', fillValue: 0};
      const alone = zip(image, transforms).map(([x, t]) => run('Transform', {image: x, transforms: t}, attrs));
      const all = run('Transform', {image, transforms}, attrs);
      expect(all.shape).toEqual([3, 5, 6, 2]);
      expect(all.dataSync()).toEqual(concat(alone, 0).dataSync());

      const one = tensor(turned, [1, 8]);
      const same = zip(image).map(([x]) => run('Transform', {image: x, transforms: one}, attrs));
      expect(run('Transform', {image, transforms: one}, attrs).dataSync()).toEqual(concat(same, 0).dataSync());
    });
  });

  it('has no images in an empty batch, at the size that is asked for', () => {
    tidy(() => {
      const attrs = {interpolation: 'nearest', fillMode: 'constant', fillValue: 0, outputShape: [3, 2]};
      const y = run('Transform', {image: draw([0, 5, 6, 2]), transforms: draw([1, 8])}, attrs);
      expect(y.shape).toEqual([0, 3, 2, 2]);
    });
  });
});

describe('DepthToSpace', () => {
  it.for([1, 2, 3])('of NCHW is that of NHWC with the channels first, blocks of %i', (blockSize) => {
    tidy(() => {
      const x = draw([2, 3, 4, 2 * blockSize * blockSize]);
      const toFirst = {perm: [0, 3, 1, 2]};
      const last = run('DepthToSpace', {x}, {blockSize, dataFormat: 'NHWC'});
      const first = run('DepthToSpace', {x: run('Transpose', {x}, toFirst)}, {blockSize, dataFormat: 'NCHW'});
      const expected = run('Transpose', {x: last}, toFirst);
      expect(first.shape).toEqual(expected.shape);
      expect(first.dataSync()).toEqual(expected.dataSync());
    });
  });
});

/** The first dimension of each, as batches of one. */
function zip(...tensors: Tensor[]): Tensor[][] {
  const parts = tensors.map((t) => unstack(t).map((part) => stack([part])));
  return parts[0].map((_, i) => parts.map((list) => list[i]));
}

function dot(a: Tensor, b: Tensor): number {
  const [x, y] = [a.dataSync(), b.dataSync()];
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i] * y[i];
  return total;
}
