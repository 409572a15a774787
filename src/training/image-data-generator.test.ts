import '@tensorflow/tfjs-backend-cpu';
import {setBackend, type Tensor4D, tensor4d} from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {type FillMode, ImageDataGenerator, type TransformParameters} from 'mnist-wasm/training';
import {beforeEach, describe, expect, it} from 'vitest';
import {noise, type Shape} from './fixtures/images';
import {kerasTransform} from './fixtures/keras-affine';

const STILL: TransformParameters = {
  theta: 0,
  tx: 0,
  ty: 0,
  shear: 0,
  zx: 1,
  zy: 1,
  flipHorizontal: false,
  flipVertical: false,
};

/** The parameters of each image of a batch. */
const BATCHES: Record<string, Partial<TransformParameters>[]> = {
  theta: [{theta: 7}, {theta: -30}, {theta: 85}],
  tx: [{tx: 1.5}, {tx: -3}, {tx: 0.25}],
  ty: [{ty: 1.5}, {ty: -3}, {ty: 0.25}],
  shear: [{shear: 10}, {shear: -25}, {shear: 0.2}],
  zoom: [{zx: 0.83}, {zy: 1.17}, {zx: 1.13, zy: 0.94}],
  flips: [{flipHorizontal: true}, {flipVertical: true}, {flipHorizontal: true, flipVertical: true}],
  all: [
    {theta: 7, tx: 1.4, ty: -0.7, shear: 12, zx: 0.9, zy: 1.1},
    {theta: -20, tx: -2, ty: 3.25, shear: -8, zx: 1.2, zy: 0.85, flipHorizontal: true},
    {theta: 3, tx: 0.5, ty: 0.5, shear: 1, zx: 1.02, zy: 0.97, flipVertical: true},
  ],
};
const SHAPES: Shape[] = [
  [3, 10, 10, 1],
  [3, 8, 13, 3],
  [3, 13, 8, 1],
];
const MODES: FillMode[] = ['nearest', 'constant', 'reflect', 'wrap'];

function expectAsInKeras(moved: Tensor4D, images: Tensor4D, all: TransformParameters[], mode: FillMode, cval = 0) {
  const [, height, width, channels] = images.shape;
  const size = height * width * channels;
  const [before, after] = [images.dataSync(), moved.dataSync()];
  const expected = all.flatMap((parameters, i) =>
    kerasTransform(before.subarray(i * size, (i + 1) * size), [height, width, channels], parameters, mode, cval),
  );
  expect(moved.shape).toEqual(images.shape);
  expect(moved.dtype).toBe('float32');
  const errors = expected.map((value, i) => Math.abs(value - after[i])).filter((error) => !Number.isNaN(error));
  expect(errors.length).toBeGreaterThan(0.8 * expected.length);
  expect(Math.max(...errors)).toBeLessThan(1e-5);
}

describe.each(['mnist-wasm', 'cpu'])('on %s', (backend) => {
  beforeEach(async () => {
    await setBackend(backend);
  });

  it.each(Object.keys(BATCHES))('%s moves each image as Keras defines it', (name) => {
    const all = BATCHES[name].map((some) => ({...STILL, ...some}));
    for (const shape of SHAPES) {
      for (const fillMode of MODES) {
        const images = noise(shape);
        const moved = new ImageDataGenerator({fillMode, cval: 0.5}).applyTransform(images, all);
        expectAsInKeras(moved, images, all, fillMode, 0.5);
        images.dispose();
        moved.dispose();
      }
    }
  });

  it('no transformation gives the same bits', () => {
    const images = noise([2, 5, 7, 3]);
    const moved = new ImageDataGenerator().randomTransform(images);
    expect([...moved.dataSync()]).toEqual([...images.dataSync()]);
    images.dispose();
    moved.dispose();
  });

  it('randomTransform is applyTransform with what getRandomTransform tells, one for each image', () => {
    const options = {rotationRange: 20, widthShiftRange: 0.1, shearRange: 5, zoomRange: 0.2, seed: 3};
    const images = noise([4, 9, 6, 1]);
    const moved = new ImageDataGenerator(options).randomTransform(images);
    const twin = new ImageDataGenerator(options);
    const all = Array.from({length: 4}, () => twin.getRandomTransform(9, 6));
    expect(new Set(all.map(({theta}) => theta)).size).toBe(4);
    expectAsInKeras(moved, images, all, 'nearest');
    images.dispose();
    moved.dispose();
  });

  it('the same seed gives the same bits, another one others', () => {
    const images = noise([4, 9, 6, 1]);
    const movedBy = (seed?: number) => {
      const moved = new ImageDataGenerator({rotationRange: 20, seed}).randomTransform(images);
      const values = [...moved.dataSync()];
      moved.dispose();
      return values;
    };
    expect(movedBy(1)).toEqual(movedBy(1));
    expect(movedBy(1)).not.toEqual(movedBy(2));
    expect(movedBy()).not.toEqual(movedBy());
    images.dispose();
  });

  it('takes whole numbers as well, and no images at all', () => {
    const images = tensor4d([0, 255, 7, 9], [1, 2, 2, 1], 'int32');
    const none = tensor4d([], [0, 2, 2, 1]);
    const generator = new ImageDataGenerator({horizontalFlip: true});
    const moved = generator.applyTransform(images, [{...STILL, flipHorizontal: true}]);
    expect(moved.dtype).toBe('float32');
    expect([...moved.dataSync()]).toEqual([255, 0, 9, 7]);
    const nothing = generator.randomTransform(none);
    expect(nothing.shape).toEqual([0, 2, 2, 1]);
    for (const each of [images, none, moved, nothing]) each.dispose();
  });
});
