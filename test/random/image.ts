import fc from 'fast-check';
import type {InputSpec} from '../cases/types';
import {int, OF_OUTPUT, type RandomCase, type RandomCases} from './types';

const tolerance = OF_OUTPUT;
const channels = fc.oneof({weight: 4, arbitrary: int(1, 9)}, {weight: 1, arbitrary: fc.constantFrom(16, 17, 33)});
const sizes = fc.oneof({weight: 4, arbitrary: int(1, 9)}, {weight: 1, arbitrary: int(10, 40)});
const dtypes = fc.constantFrom('float32' as const, 'float32' as const, 'int32' as const, 'bool' as const);

/** How pixels of two sizes are laid over each other: as no more than one of the two says. */
const alignment = fc.constantFrom(
  {alignCorners: false, halfPixelCenters: false},
  {alignCorners: true, halfPixelCenters: false},
  {alignCorners: false, halfPixelCenters: true},
);

const resize = fc.tuple(int(0, 3), sizes, sizes, channels, fc.tuple(sizes, sizes), alignment, dtypes).map((drawn) => {
  const [batch, height, width, c, size, aligned, dtype] = drawn;
  const images: InputSpec = {shape: [batch, height, width, c], dtype};
  return {inputs: {images}, attrs: {...aligned, size}, tolerance};
});

/** Square images, and for the nearest neighbor one of them: the CPU backend is wrong for others; see test/image.test.ts. */
const resizeGrad = (maxBatch: number): fc.Arbitrary<RandomCase> =>
  fc
    .tuple(int(1, maxBatch), sizes, channels, fc.tuple(sizes, sizes), alignment)
    // Here the CPU backend's ResizeNearestNeighborGrad never ends.
    .filter(([, n, , size, {alignCorners}]) => !(alignCorners && n === 1 && size.some((m) => m > 1)))
    .map(([batch, n, c, size, aligned]) => ({
      inputs: {images: {shape: [batch, n, n, c]}, dy: {shape: [batch, ...size, c]}},
      attrs: {...aligned, size},
      tolerance,
    }));

/** Images at other sizes and places. */
export const random: RandomCases = {
  ResizeBilinear: resize,
  ResizeNearestNeighbor: resize,
  ResizeBilinearGrad: resizeGrad(3),
  ResizeNearestNeighborGrad: resizeGrad(1),
};
