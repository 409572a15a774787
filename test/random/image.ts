import fc from 'fast-check';
import type {InputSpec, Tolerance} from '../cases/types';
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
const resizeGrad = (maxBatch: number, closeness: Tolerance): fc.Arbitrary<RandomCase> =>
  fc
    .tuple(int(1, maxBatch), sizes, channels, fc.tuple(sizes, sizes), alignment)
    // Here the CPU backend's ResizeNearestNeighborGrad never ends.
    .filter(([, n, , size, {alignCorners}]) => !(alignCorners && n === 1 && size.some((m) => m > 1)))
    .map(([batch, n, c, size, aligned]) => ({
      inputs: {images: {shape: [batch, n, n, c]}, dy: {shape: [batch, ...size, c]}},
      attrs: {...aligned, size},
      tolerance: closeness,
    }));

/** Places of boxes: within the image mostly, and some that fall on its pixels. */
const place = fc.oneof(
  {weight: 3, arbitrary: fc.double({min: -0.5, max: 1.5, noNaN: true})},
  fc.constantFrom(0, 0.25, 0.5, 1),
);

const crops = fc
  .tuple(
    int(1, 3),
    fc.tuple(sizes, sizes),
    channels,
    fc.array(fc.tuple(place, place, place, place), {maxLength: 4}),
    fc.tuple(sizes, sizes),
    fc.constantFrom('bilinear', 'nearest'),
    dtypes,
  )
  .map(([batch, size, c, boxes, cropSize, method, dtype]): RandomCase => {
    const n = boxes.length;
    const indices = boxes.map((_, i) => (i * 5) % batch);
    return {
      inputs: {
        image: {shape: [batch, ...size, c], dtype},
        boxes: {shape: [n, 4], values: boxes.flat()},
        boxInd: {shape: [n], dtype: 'int32', values: indices},
      },
      attrs: {cropSize, method, extrapolationValue: 2.5},
      tolerance,
    };
  });

/** Images at other sizes and places. */
export const random: RandomCases = {
  ResizeBilinear: resize,
  ResizeNearestNeighbor: resize,
  // Up to 1,600 products in one sum, which the CPU backend rounds to float32 after each.
  ResizeBilinearGrad: resizeGrad(3, {relative: 1e-5, of: 'output'}),
  CropAndResize: crops,
  ResizeNearestNeighborGrad: resizeGrad(1, tolerance),
};
