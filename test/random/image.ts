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

const resizeGrad = (closeness: Tolerance): fc.Arbitrary<RandomCase> =>
  fc
    .tuple(int(1, 3), sizes, sizes, channels, fc.tuple(sizes, sizes), alignment)
    .map(([batch, height, width, c, size, aligned]) => ({
      inputs: {images: {shape: [batch, height, width, c]}, dy: {shape: [batch, ...size, c]}},
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

/** Anything near the identity, or far from it; whole and half steps, by which positions fall on edges. */
const coefficient = fc.oneof(
  fc.double({min: -2, max: 2, noNaN: true}),
  fc.constantFrom(0, 1, -1, 0.5, -0.5, 0.1),
  int(-4, 4),
);
const offset = fc.oneof(fc.double({min: -40, max: 40, noNaN: true}), int(-8, 8));
const projection = fc.oneof({weight: 3, arbitrary: fc.constant(0)}, fc.double({min: -0.3, max: 0.3, noNaN: true}));

/** One image: the CPU backend leaves all others of a batch out. */
const projections = fc
  .record({
    shape: fc.tuple(fc.constant(1), sizes, sizes, channels),
    values: fc.tuple(coefficient, coefficient, offset, coefficient, coefficient, offset, projection, projection),
    interpolation: fc.constantFrom('nearest', 'bilinear'),
    fillMode: fc.constantFrom('constant', 'reflect', 'wrap', 'nearest'),
    outputShape: fc.option(fc.tuple(sizes, sizes), {nil: undefined}),
  })
  .map(({shape, values, interpolation, fillMode, outputShape}): RandomCase => {
    const attrs = {interpolation, fillMode, fillValue: 1.25};
    return {
      inputs: {image: {shape}, transforms: {shape: [1, 8], values}},
      attrs: outputShape ? {...attrs, outputShape} : attrs,
      tolerance,
    };
  });

const rotations = fc
  .record({
    shape: fc.tuple(int(1, 3), sizes, sizes, channels),
    dtype: fc.constantFrom('float32' as const, 'int32' as const),
    radians: fc.oneof(
      fc.double({min: -7, max: 7, noNaN: true}),
      int(-4, 4).map((quarters) => (quarters * Math.PI) / 2),
    ),
    fillValue: fc.oneof<fc.Arbitrary<number | number[]>[]>(int(-3, 3), fc.constant([1, 2, 3])),
    center: fc.oneof<fc.Arbitrary<number | number[]>[]>(fc.constantFrom(0, 0.5, 1), fc.constant([0.3, 0.7])),
  })
  .map(
    ({shape, dtype, radians, fillValue, center}): RandomCase => ({
      inputs: {image: {shape, dtype}},
      attrs: {radians, fillValue, center},
    }),
  );

/** Images at other sizes and places. */
export const random: RandomCases = {
  ResizeBilinear: resize,
  ResizeNearestNeighbor: resize,
  // Up to 1,600 products in one sum.
  ResizeBilinearGrad: resizeGrad({relative: 1e-5, of: 'output'}),
  CropAndResize: crops,
  Transform: projections,
  RotateWithOffset: rotations,
  ResizeNearestNeighborGrad: resizeGrad(tolerance),
};
