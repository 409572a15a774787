import {
  cast,
  concat,
  fill,
  getBackend,
  greater,
  image,
  ones,
  slice,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor2d,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import {checkInteger} from '../mnist/check.js';
import {assertBooleans, assertGiven, assertOptions, assertTensor} from '../shared/given.js';
import {affineRow, type TransformParameters} from './affine.js';
import {
  checkSeed,
  type ImageDataGeneratorOptions,
  type Ranges,
  rangesOf,
  type ShiftRange,
} from './augmentation-options.js';
import {BatchDataset} from './batches.js';
import {newSeed, seededRandom} from './random.js';

export interface FlowOptions {
  /** Default: 32. */
  batchSize?: number;
  /** Default: true. */
  shuffle?: boolean;
  /** Of the order and of the transformations; an integer of 32 bits. Default: the generator's next random number. */
  seed?: number;
}

/** What an int32 holds. */
const LARGEST_SIDE = 2 ** 31 - 1;
/** Pixels that are further outside than this are filled; less is rounding. */
const AT_THE_EDGE = 1e-4;

/**
 * Images moved at random, each in its own way: keras.preprocessing.image.ImageDataGenerator, with Keras's names and
 * meanings (keras/src/legacy/preprocessing/image.py), bilinear, on the backend in one call for a batch: 64 images of
 * 28 x 28 in 0.7 ms on mnist-wasm (one core of an AMD EPYC, Node 20).
 *
 * Two things are as Keras documents them and not as it does them: `widthShiftRange` shifts along the width (Keras swaps
 * the two shifts), and images that are not square turn about their own centre. `wrap` is that of `tf.image.transform`,
 * which between the last pixel and the first takes the nearest one.
 *
 * The same seed gives the same images, bit by bit on one backend. tfjs-backend-cpu is handed one image after the other:
 * it transforms but the first of a batch.
 *
 * @example
 * const generator = new ImageDataGenerator({rotationRange: 7, widthShiftRange: 0.05, zoomRange: 0.05, seed: 1});
 * await model.fitDataset(generator.flow(xs, ys, {batchSize: 64}), {epochs: 5});
 */
export class ImageDataGenerator {
  private readonly ranges: Ranges;
  private readonly random: () => number;

  /** @throws RangeError where an option is out of range. */
  constructor(options: ImageDataGeneratorOptions = {}) {
    this.ranges = rangesOf(options);
    this.random = seededRandom(options.seed ?? newSeed());
  }

  /**
   * The images of [n, height, width, channels], each transformed in its own way; float32, of the same shape.
   *
   * @throws RangeError where it is no such tensor.
   */
  randomTransform(images: Tensor): Tensor4D {
    return this.transformBy(this.random, images);
  }

  /** How `randomTransform` would move its next image, which is of this size. */
  getRandomTransform(height: number, width: number): TransformParameters {
    checkInteger('height', height, 1, LARGEST_SIDE);
    checkInteger('width', width, 1, LARGEST_SIDE);
    return draw(this.ranges, this.random, height, width);
  }

  /**
   * The images of [n, height, width, channels], moved as `parameters` tells for each of them; float32.
   *
   * @throws RangeError where it is no such tensor, or there are not n of the parameters.
   */
  applyTransform(images: Tensor, parameters: readonly TransformParameters[]): Tensor4D {
    checkImages(images);
    const [count, height, width] = images.shape;
    assertGiven(Array.isArray(parameters), 'parameters', 'an array, of one for each image', parameters);
    if (parameters.length !== count) {
      throw new RangeError(`applyTransform: expected the parameters of ${count} images, got ${parameters.length}.`);
    }
    if (count === 0) return cast(images, 'float32');
    return tidy(() => {
      const rows = parameters.flatMap((each) => affineRow(each, height, width));
      return this.transform(cast(images, 'float32'), tensor2d(rows, [count, 8]));
    });
  }

  /**
   * A dataset for `model.fitDataset`: the examples in batches, with their images transformed anew in each epoch.
   *
   * @param xs [n, height, width, channels]; it stays the caller's, and so do the ys.
   * @param ys [n, ...].
   * @throws RangeError where a shape or an option is out of range.
   */
  flow(xs: Tensor, ys: Tensor, options: FlowOptions = {}): BatchDataset {
    checkImages(xs);
    assertOptions(options);
    assertBooleans(options, ['shuffle']);
    const {batchSize = 32, shuffle = true, seed} = options;
    if (seed !== undefined) checkSeed(seed);
    const random = seededRandom(seed ?? newSeed(this.random));
    return new BatchDataset({xs, ys}, batchSize, {
      random: shuffle ? random : undefined,
      transform: (images) => this.transformBy(random, images),
    });
  }

  private transformBy(random: () => number, images: Tensor): Tensor4D {
    checkImages(images);
    const [count, height, width] = images.shape;
    const parameters = Array.from({length: count}, () => draw(this.ranges, random, height, width));
    return this.applyTransform(images, parameters);
  }

  private transform(images: Tensor4D, rows: Tensor2D): Tensor4D {
    const {fillMode, cval} = this.ranges;
    if (fillMode !== 'constant') return transformEach(images, rows, fillMode);
    // tf.image.transform blends the edge with what is beyond it, over one pixel. In Keras a pixel is either taken from
    // within the image or it is `cval`; one is within where nothing is missing of an image of ones.
    const [count, height, width] = images.shape;
    const share = transformEach(ones([count, height, width, 1]), rows, 'constant');
    const moved = transformEach(images, rows, 'nearest');
    return where(greater(share, 1 - AT_THE_EDGE), moved, fill(moved.shape, cval));
  }
}

function draw(ranges: Ranges, random: () => number, height: number, width: number): TransformParameters {
  const within = (low: number, high: number) => low + (high - low) * random();
  const either = (range: number) => within(-range, range);
  const [low, high] = ranges.zoomRange;
  return {
    theta: either(ranges.rotationRange),
    ty: drawShift(ranges.heightShiftRange, height, random),
    tx: drawShift(ranges.widthShiftRange, width, random),
    shear: either(ranges.shearRange),
    zx: within(low, high),
    zy: within(low, high),
    flipHorizontal: random() < 0.5 && ranges.horizontalFlip,
    flipVertical: random() < 0.5 && ranges.verticalFlip,
  };
}

function drawShift(range: ShiftRange, side: number, random: () => number): number {
  const [amount, sign] = [random(), random() < 0.5 ? -1 : 1];
  if (typeof range !== 'number') {
    const unit = Math.max(...range) < 1 ? side : 1;
    return range[Math.floor(amount * range.length)] * sign * unit;
  }
  if (range < 1) return amount * sign * range * side;
  return Number.isInteger(range) ? Math.floor(amount * range) * sign : amount * sign * range;
}

function transformEach(images: Tensor4D, rows: Tensor2D, fillMode: Ranges['fillMode']): Tensor4D {
  const count = images.shape[0];
  if (getBackend() !== 'cpu' || count === 1) return image.transform(images, rows, 'bilinear', fillMode);
  const one = (i: number) => image.transform(slice(images, i, 1), slice(rows, i, 1), 'bilinear', fillMode);
  return concat(Array.from({length: count}, (_, i) => one(i)));
}

function checkImages(images: Tensor): asserts images is Tensor4D {
  assertTensor('images', images);
  if (images.rank !== 4) throw new RangeError(`images: expected [n, height, width, channels], got [${images.shape}].`);
}
