/** Which way each convolution of the recipes is computed, and at which sizes the choice changes. */
import {describe, expect, it} from 'vitest';
import {Kernels, RecordLayout} from '../../src/internal';
import {Conv2DBackpropFilterPath, Conv2DBackpropInputPath, Conv2DPath, Geometry2DWords, Geometry3DWords} from '../abi';

const kernels = await Kernels.load();
const {wasm, tileRows} = kernels;
const geometry2D = new RecordLayout(Geometry2DWords);
const geometry3D = new RecordLayout(Geometry3DWords);

interface Layer {
  batch?: number;
  size: number;
  channels: number;
  filters: number;
  taps: number;
  stride?: number;
  padding: 'same' | 'valid';
  dilation?: number;
  winograd?: boolean;
}

/** A square convolution, as tfjs pads it. */
function geometry(layer: Layer): number {
  const {batch = 128, size, channels, filters, taps, stride = 1, padding, dilation = 1, winograd = true} = layer;
  const reach = (taps - 1) * dilation + 1;
  const out = Math.ceil((padding === 'same' ? size : size - reach + 1) / stride);
  const total = padding === 'same' ? Math.max((out - 1) * stride + reach - size, 0) : 0;
  const pad = Math.floor(total / 2);
  const words = {
    ...{batchSize: batch, inHeight: size, inWidth: size, inChannels: channels},
    ...{outHeight: out, outWidth: out, outChannels: filters, filterHeight: taps, filterWidth: taps},
    ...{strideHeight: stride, strideWidth: stride, dilationHeight: dilation, dilationWidth: dilation},
    ...{padTop: pad, padLeft: pad, usesWinograd: winograd ? 1 : 0},
  };
  return kernels.words(geometry2D.pack([words]));
}

const paths = (layer: Layer) => {
  const at = geometry(layer);
  return [
    Conv2DPath[wasm.conv2d_path(at)],
    Conv2DBackpropFilterPath[wasm.conv2d_backprop_filter_path(at)],
    Conv2DBackpropInputPath[wasm.conv2d_backprop_input_path(at)],
  ];
};

/** Forward, filter gradient, input gradient. */
const recipes: [string, Layer, string[]][] = [
  [
    'LeNet 1',
    {batch: 120, size: 28, channels: 1, filters: 6, taps: 5, padding: 'same'},
    ['images', 'singleChannel', 'images'],
  ],
  [
    'LeNet 2',
    {batch: 120, size: 14, channels: 6, filters: 16, taps: 5, padding: 'valid'},
    ['images', 'filterRows', 'images'],
  ],
  ['model A 1', {size: 28, channels: 1, filters: 32, taps: 3, padding: 'valid'}, ['images', 'singleChannel', 'images']],
  [
    'AlexNet 3',
    {batch: 64, size: 14, channels: 96, filters: 256, taps: 5, padding: 'same'},
    ['winograd', 'winograd', 'rotated'],
  ],
  [
    'batch-norm CNN 2',
    {size: 28, channels: 32, filters: 32, taps: 3, padding: 'same'},
    ['winograd', 'winograd', 'rotated'],
  ],
  [
    'strided CNN, stride 2',
    {size: 14, channels: 32, filters: 32, taps: 5, stride: 2, padding: 'same'},
    ['indirect', 'patches', 'phases'],
  ],
];

describe('a convolution of the recipes is computed', () => {
  it.each(recipes)('%s', (_, layer, expected) => {
    expect(paths(layer)).toEqual(expected);
  });
});

describe('the choice of a convolution changes', () => {
  const few: Layer = {size: 12, channels: 2, filters: 8, taps: 3, padding: 'valid'};
  const many: Layer = {size: 12, channels: 16, filters: 16, taps: 3, padding: 'valid'};

  it.each<[string, Layer, Layer, string, string]>([
    // CONV_BY_IMAGES_MAX_RUN: a run is a row of the filter.
    ['with the length of a run', {...few, channels: 13}, {...few, channels: 14}, 'images', 'indirect'],
    ['with the images that fill a tile', {...few, batch: tileRows}, {...few, batch: tileRows - 1}, 'images', 'patches'],
    ['with the outputs that a vector has', {...few, filters: 4}, {...few, filters: 3}, 'images', 'patches'],
    // CONV_MIN_RUN.
    [
      'with the runs that are copied',
      {...few, batch: 2, channels: 3},
      {...few, batch: 2, channels: 4},
      'patches',
      'indirect',
    ],
    // WINOGRAD_MIN_CHANNELS and WINOGRAD_MIN_TILES: 9 of 4x4 pixels an image.
    ['with the channels of the input', many, {...many, channels: 15}, 'winograd', 'indirect'],
    ['with those of the output', many, {...many, filters: 15}, 'winograd', 'indirect'],
    ['with the tiles', {...many, batch: 4}, {...many, batch: 3}, 'winograd', 'indirect'],
    ['with the option', many, {...many, winograd: false}, 'winograd', 'indirect'],
    ['with a stride', many, {...many, stride: 2}, 'winograd', 'indirect'],
    ['with a dilation', many, {...many, dilation: 2}, 'winograd', 'images'],
    ['with the taps', {...many, taps: 5}, {...many, taps: 7}, 'winograd', 'indirect'],
    ['with a filter of one tap', {...many, taps: 1}, {...many, taps: 1, stride: 2}, 'product', 'indirect'],
    [
      'with one channel',
      {...few, batch: 2, channels: 1},
      {...few, batch: 2, channels: 1, stride: 2},
      'singleChannel',
      'patches',
    ],
  ])('%s', (_, first, second, firstPath, secondPath) => {
    expect([paths(first)[0], paths(second)[0]]).toEqual([firstPath, secondPath]);
  });

  it.each<[string, Layer, Layer, string, string]>([
    // CONV_ROTATED_MAX_WORK: 16 channels in whole vectors, an output of 10x10 or 8x8 of an input of 12x12.
    ['with the work of a rotated one', many, {...many, taps: 5, filters: 8}, 'rotated', 'images'],
    ['with the images that fill a tile', {...few, batch: tileRows}, {...few, batch: tileRows - 1}, 'images', 'patches'],
    [
      'with the stride',
      {...few, padding: 'same', stride: 2},
      {...few, padding: 'same', stride: 4},
      'phases',
      'patches',
    ],
  ])('of the input gradient: %s', (_, first, second, firstPath, secondPath) => {
    expect([paths(first)[2], paths(second)[2]]).toEqual([firstPath, secondPath]);
  });

  it.each<[string, Layer, Layer, string, string]>([
    ['with the stride', few, {...few, stride: 2}, 'filterRows', 'patches'],
    ['with one channel', few, {...few, channels: 1}, 'filterRows', 'singleChannel'],
    ['with minimal filtering', many, {...many, winograd: false}, 'winograd', 'filterRows'],
  ])('of the filter gradient: %s', (_, first, second, firstPath, secondPath) => {
    expect([paths(first)[1], paths(second)[1]]).toEqual([firstPath, secondPath]);
  });
});

describe('what is worked on together', () => {
  // An indirect convolution of 16 to 8 channels keeps the filter in panels, and an offset for each pixel of a group.
  const bytes = (size: number, batch: number) =>
    wasm.conv2d_f32_scratch_bytes(
      geometry({batch, size, channels: 16, filters: 8, taps: 3, padding: 'valid', winograd: false}),
    );
  const filterBytes = 9 * 16 * 8 * 4;

  it.each([
    ['as many images as have 128 pixels', 6, 128, 8 * 16],
    ['all images where they have fewer', 6, 3, 3 * 16],
    ['one image where it has more', 30, 128, 28 * 28],
  ])('in a convolution: %s', (_, size, batch, pixels) => {
    expect(bytes(size, batch)).toBe(filterBytes + pixels * 4);
  });

  it('is told where it is more than 4 GiB, too', () => {
    // The patches of an image, and an offset for each: 27 floats and one, for more than 2^26 pixels.
    const size = 8192;
    const at = geometry({batch: 1, size, channels: 3, filters: 8, taps: 3, padding: 'valid'});
    expect(paths({batch: 1, size, channels: 3, filters: 8, taps: 3, padding: 'valid'})[0]).toBe('patches');
    expect(wasm.conv2d_f32_scratch_bytes(at)).toBe(27 * 8 * 4 + (size - 2) ** 2 * 28 * 4);
    expect(wasm.resize_nearest_scratch_bytes(2 ** 31 - 1, 1)).toBe(2 ** 33);
  });

  it('in a 3D convolution: patches of 65,536 floats, in blocks of 144 pixels', () => {
    const words = {
      ...{batchSize: 2, inDepth: 16, inHeight: 20, inWidth: 20, inChannels: 4},
      ...{outDepth: 16, outHeight: 20, outWidth: 20, outChannels: 8},
      ...{filterDepth: 1, filterHeight: 3, filterWidth: 3, strideDepth: 1, strideHeight: 1, strideWidth: 1},
      ...{dilationDepth: 1, dilationHeight: 1, dilationWidth: 1, padFront: 0, padTop: 1, padLeft: 1},
    };
    const pitch = 40;
    const pixels = Math.floor(65536 / pitch / 144) * 144;
    const scratch = wasm.conv3d_f32_scratch_bytes(kernels.words(geometry3D.pack([words])));
    expect(scratch).toBe(36 * 8 * 4 + pixels * pitch * 4);
  });

  it.each([32, 64])('in a depthwise convolution: strips of 64 KiB, of 32 channels; of %i', (channels) => {
    const size = 100;
    const at = geometry({batch: 1, size, channels, filters: channels, taps: 3, padding: 'same'});
    // Five padded rows of eight channels in each of four planes, for three rows of the output.
    const stripBytes = 4 * (5 * (size + 2) * 32 + 64);
    const tableBytes = (3 * size + 4) * 8 + (9 + 4) * 8;
    expect(wasm.depthwise_conv2d_f32_scratch_bytes(at)).toBe(stripBytes + tableBytes);
  });
});
