import type {KernelCase} from '../../test/cases';
import {type Size, sweepCase} from './sizes';

/** Pooling, normalisation, resizing, boxes. */
export function images(size: Size): KernelCase[] {
  return [...pooled(size), ...normalised(size), ...resized(size), ...boxes(size)];
}

function pooled({images: shape}: Size): KernelCase[] {
  const [batch, height, width, channels] = shape;
  const pool = {filterSize: 2, strides: 2, pad: 'valid'};
  const three = {filterSize: 3, strides: 2, pad: 'same'};
  const half = [batch, height / 2, width / 2, channels];
  const volume = [batch, height / 2, height / 2, width / 4, channels];
  const halved = [batch, height / 4, height / 4, Math.floor(width / 8), channels];
  return [
    ...['MaxPool', 'AvgPool'].flatMap((kernel) => [pool, three].map((attrs) => sweepCase(kernel, {x: {shape}}, attrs))),
    sweepCase('MaxPoolWithArgmax', {x: {shape}}, {...pool, includeBatchInIndex: false}),
    ...[pool, three].flatMap((attrs) => [
      sweepCase('MaxPoolGrad', {dy: {shape: half}, input: {shape}, output: {shape: half}}, attrs),
      sweepCase('AvgPoolGrad', {dy: {shape: half}, input: {shape}}, attrs),
    ]),
    ...['MaxPool3D', 'AvgPool3D'].map((kernel) =>
      sweepCase(kernel, {x: {shape: volume}}, {filterSize: 2, strides: 2, pad: 'valid', dataFormat: 'NDHWC'}),
    ),
    ...['MaxPool3DGrad', 'AvgPool3DGrad'].map((kernel) =>
      sweepCase(
        kernel,
        {
          dy: {shape: halved},
          input: {shape: volume},
          ...(kernel === 'MaxPool3DGrad' ? {output: {shape: halved}} : {}),
        },
        {filterSize: 2, strides: 2, pad: 'valid'},
      ),
    ),
    sweepCase('Dilation2D', {x: {shape}, filter: {shape: [3, 3, channels]}}, {strides: 1, pad: 'same', dilations: 1}),
    ...['Dilation2DBackpropInput', 'Dilation2DBackpropFilter'].map((kernel) =>
      sweepCase(
        kernel,
        {x: {shape}, filter: {shape: [3, 3, channels]}, dy: {shape}},
        {strides: 1, pad: 'same', dilations: 1},
      ),
    ),
  ];
}

function normalised({images: shape}: Size): KernelCase[] {
  const channels = {shape: [shape[3]]};
  const variance = {shape: [shape[3]], values: 'positive'} as const;
  const lrn = {depthRadius: 2, bias: 1, alpha: 0.5, beta: 0.75};
  return [
    sweepCase(
      'FusedBatchNorm',
      {x: {shape}, mean: channels, variance, offset: channels, scale: channels},
      {varianceEpsilon: 1e-3},
    ),
    sweepCase('LRN', {x: {shape}}, lrn),
    sweepCase('LRNGrad', {x: {shape}, y: {shape}, dy: {shape}}, lrn),
  ];
}

function resized({images: shape}: Size): KernelCase[] {
  const [batch, height, width, channels] = shape;
  const pictures = [batch, height, width * 4, channels / 4] as const;
  const larger = [2 * height, 2 * width] as const;
  const smaller = [height - 3, width - 3] as const;
  const three = [1, height * batch, width * Math.max(1, channels / 4), 3];
  return [
    ...['ResizeBilinear', 'ResizeNearestNeighbor'].flatMap((kernel) =>
      [larger, smaller].flatMap((to) => [
        ...[shape, [batch, height, width, 1], three].map((from) =>
          sweepCase(kernel, {images: {shape: from}}, {size: to, alignCorners: false, halfPixelCenters: false}),
        ),
        sweepCase(kernel, {images: {shape}}, {size: to, alignCorners: true, halfPixelCenters: false}),
      ]),
    ),
    ...['ResizeBilinearGrad', 'ResizeNearestNeighborGrad'].flatMap((kernel) =>
      [larger, smaller].map((to) =>
        sweepCase(kernel, {images: {shape}, dy: {shape: [batch, ...to, channels]}}, {alignCorners: false}),
      ),
    ),
    ...(['bilinear', 'nearest'] as const).map((method) =>
      sweepCase(
        'CropAndResize',
        {
          image: {shape},
          boxes: {shape: [batch, 4], values: new Array(batch).fill([0.1, 0.1, 0.9, 0.8]).flat()},
          boxInd: {shape: [batch], dtype: 'int32', values: Array.from({length: batch}, (_, i) => i)},
        },
        {cropSize: [height, width], method, extrapolationValue: 0},
      ),
    ),
    ...[pictures, three].map((from) => sweepCase('FlipLeftRight', {image: {shape: from}})),
    ...[pictures, three].map((from) =>
      sweepCase('RotateWithOffset', {image: {shape: from}}, {radians: 0.5, fillValue: 0, center: 0.5}),
    ),
    ...(['nearest', 'bilinear'] as const).flatMap((interpolation) =>
      (['constant', 'reflect', 'wrap', 'nearest'] as const).map((fillMode) =>
        sweepCase(
          'Transform',
          {image: {shape}, transforms: {shape: [1, 8], values: [0.9, 0.1, 1, -0.1, 0.9, 1, 0, 0]}},
          {interpolation, fillMode, fillValue: 0},
        ),
      ),
    ),
  ];
}

/** Boxes all over a picture, of which some suppress others; and hardly any. */
function boxes({elements}: Size): KernelCase[] {
  const count = {1024: 100, 100352: 2000, 1048576: 20000}[elements] ?? 100;
  return [0.1, 1].flatMap((extent) => {
    const inputs = {
      boxes: {shape: [count, 4], values: boxValues(count, extent)},
      scores: {shape: [count], values: 'uniform'},
    } as const;
    return [20, 200].flatMap((maxOutputSize) => {
      const attrs = {maxOutputSize, iouThreshold: 0.5, scoreThreshold: 0.1};
      return [
        sweepCase('NonMaxSuppressionV3', inputs, attrs),
        sweepCase('NonMaxSuppressionV4', inputs, {...attrs, padToMaxOutputSize: true}),
        sweepCase('NonMaxSuppressionV5', inputs, {...attrs, softNmsSigma: 0.5}),
        sweepCase('NonMaxSuppressionV5', inputs, {...attrs, softNmsSigma: 0}),
      ].map((c) => ({...c, name: `${c.name}, boxes of ${extent}`}));
    });
  });
}

function boxValues(count: number, extent: number): number[] {
  return Array.from({length: count}, (_, i) => {
    const [y, x] = [(i * 0.618034) % 1, (i * 0.754878) % 1];
    return [y, x, y + extent * (0.1 + ((i * 0.5698) % 0.2)), x + extent * (0.1 + ((i * 0.3247) % 0.2))];
  }).flat();
}
