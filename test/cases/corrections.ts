/**
 * Kernels that tfjs-backend-cpu has wrong, by their definitions: the gradients of average poolings divide by the whole
 * window, padding included; those of resizings ignore half pixel centers, swap height and width, or take the wrong image of
 * a batch; batch normalisation cycles statistics that should be broadcast; gradients of convolutions drop what a size that
 * was rounded up has more; negative paddings write elements over others.
 */
import {backend_util, getKernel, type KernelConfig, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {complexDefinitions} from './complex-definitions';
import {broadcastReader, type Cpu} from './cpu';

type Shape = readonly number[];
type Kernel = KernelConfig['kernelFunc'];
/** Some attributes, whose types are those of several kernels. */
// biome-ignore lint/suspicious/noExplicitAny: as tfjs types attributes.
type Attrs = any;

/** Along one axis: the first element of each window that is no padding, and the one after its last. */
function windows(size: number, out: number, window: number, stride: number, pad: number): [number, number][] {
  return Array.from({length: out}, (_, i) => {
    const start = i * stride - pad;
    return [Math.max(0, start), Math.min(size, start + window)];
  });
}

const avgPoolGrad: Kernel = ({inputs, attrs, backend}) => {
  const {dy, input} = inputs as Record<string, TensorInfo>;
  const {filterSize, strides, pad, dimRoundingMode} = attrs as Attrs;
  const [batch, height, width, channels] = input.shape;
  const shape = [batch, 1, height, width, channels] as [number, number, number, number, number];
  const info = backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const axes = [
    windows(1, 1, 1, 1, 0),
    windows(height, info.outHeight, info.filterHeight, info.strideHeight, info.padInfo.top),
    windows(width, info.outWidth, info.filterWidth, info.strideWidth, info.padInfo.left),
  ];
  return averaged(backend as unknown as Cpu, dy, input.shape, shape, axes);
};

const avgPool3DGrad: Kernel = ({inputs, attrs, backend}) => {
  const {dy, input} = inputs as Record<string, TensorInfo>;
  const {filterSize, strides, pad, dimRoundingMode} = attrs as Attrs;
  const shape = input.shape as [number, number, number, number, number];
  const info = backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const axes = [
    windows(shape[1], info.outDepth, info.filterDepth, info.strideDepth, info.padInfo.front),
    windows(shape[2], info.outHeight, info.filterHeight, info.strideHeight, info.padInfo.top),
    windows(shape[3], info.outWidth, info.filterWidth, info.strideWidth, info.padInfo.left),
  ];
  return averaged(backend as unknown as Cpu, dy, shape, shape, axes);
};

/** Each element of a window gets dy divided by the number of elements that the window has. */
function averaged(
  cpu: Cpu,
  dy: TensorInfo,
  shape: number[],
  [batch, depth, height, width, channels]: Shape,
  [planes, rows, columns]: [number, number][][],
): TensorInfo {
  const values = cpu.readSync(dy.dataId);
  const dx = new Float64Array(util.sizeFromShape(shape));
  let at = 0;
  for (let b = 0; b < batch; b++) {
    for (const [front, back] of planes) {
      for (const [top, bottom] of rows) {
        for (const [left, right] of columns) {
          const count = (back - front) * (bottom - top) * (right - left);
          for (let c = 0; c < channels; c++, at++) {
            for (let z = front; z < back; z++) {
              for (let y = top; y < bottom; y++) {
                for (let x = left; x < right; x++) {
                  dx[(((b * depth + z) * height + y) * width + x) * channels + c] += values[at] / count;
                }
              }
            }
          }
        }
      }
    }
  }
  return cpu.makeTensorInfo(shape, 'float32', Float32Array.from(dx));
}

/** The pixels that a pixel of a resized axis is made of, and their weights, as in tfjs-backend-cpu's forward kernels. */
type Axis = (i: number) => [pixel: number, weight: number][];

function axis(size: number, newSize: number, {alignCorners, halfPixelCenters}: Attrs, isNearest: boolean): Axis {
  const scale = alignCorners && newSize > 1 ? (size - 1) / (newSize - 1) : size / newSize;
  return (i) => {
    if (isNearest) {
      const position = scale * (halfPixelCenters ? i + 0.5 : i);
      return [[Math.min(size - 1, alignCorners ? Math.round(position) : Math.floor(position)), 1]];
    }
    const position = halfPixelCenters ? scale * (i + 0.5) - 0.5 : scale * i;
    const before = Math.max(0, Math.floor(position));
    const weight = position - before;
    return [
      [before, 1 - weight],
      [Math.min(size - 1, Math.ceil(position)), weight],
    ];
  };
}

const resizeGrad =
  (isNearest: boolean): Kernel =>
  ({inputs, attrs, backend}) => {
    const cpu = backend as unknown as Cpu;
    const {images, dy} = inputs as Record<string, TensorInfo>;
    const [batch, height, width, channels] = images.shape;
    const [, newHeight, newWidth] = dy.shape;
    const rows = axis(height, newHeight, attrs, isNearest);
    const columns = axis(width, newWidth, attrs, isNearest);
    const values = cpu.readSync(dy.dataId);
    const dx = new Float64Array(util.sizeFromShape(images.shape));
    for (let pixel = 0; pixel < batch * newHeight * newWidth; pixel++) {
      const image = Math.floor(pixel / (newHeight * newWidth));
      for (const [y, rowWeight] of rows(Math.floor(pixel / newWidth) % newHeight)) {
        for (const [x, weight] of columns(pixel % newWidth)) {
          for (let c = 0; c < channels; c++) {
            dx[((image * height + y) * width + x) * channels + c] += values[pixel * channels + c] * rowWeight * weight;
          }
        }
      }
    }
    return cpu.makeTensorInfo(images.shape, 'float32', Float32Array.from(dx));
  };

/** Statistics of more than one dimension are broadcast; those of one are cycled, as tfjs-backend-cpu does. */
const fusedBatchNorm =
  (original: Kernel): Kernel =>
  (call) => {
    const {x, mean, variance, scale, offset} = call.inputs as Record<string, TensorInfo>;
    const operands = [mean, variance, scale, offset].filter((operand) => operand !== undefined);
    if (mean.shape.length === 1 || operands.some(({shape}) => shape.length !== mean.shape.length))
      return original(call);
    const cpu = call.backend as unknown as Cpu;
    const values = cpu.readSync(x.dataId);
    const [meanOf, varianceOf, scaleOf, offsetOf] = [mean, variance, scale, offset].map((operand) =>
      operand ? broadcastReader(cpu, operand, x.shape) : undefined,
    );
    const {varianceEpsilon = 0.001} = call.attrs as Attrs;
    const y = Float32Array.from(values, (value, i) => {
      const deviation = Math.sqrt((varianceOf as (i: number) => number)(i) + varianceEpsilon);
      return ((value - (meanOf as (i: number) => number)(i)) * (scaleOf?.(i) ?? 1)) / deviation + (offsetOf?.(i) ?? 0);
    });
    return cpu.makeTensorInfo(x.shape, 'float32', y);
  };

/** Elements that negative paddings take away are left out; tfjs-backend-cpu writes them over others. */
const padV2 =
  (original: Kernel): Kernel =>
  (call) => {
    const {inputs, attrs, backend} = call;
    const {x} = inputs as Record<string, TensorInfo>;
    if (x.dtype === 'string') return original(call);
    const cpu = backend as unknown as Cpu;
    const {paddings, constantValue} = attrs as Attrs as {paddings: [number, number][]; constantValue: number};
    const shape = paddings.map(([before, after], i) => before + x.shape[i] + after);
    const [from, to] = [x.shape, shape].map((sizes) => util.computeStrides([...sizes, 1]));
    const values = cpu.readSync(x.dataId);
    const y = util.getTypedArrayFromDType(x.dtype as 'float32', util.sizeFromShape(shape)).fill(constantValue);
    for (let i = 0; i < values.length; i++) {
      const at = paddings.map(([before], d) => (Math.floor(i / from[d]) % x.shape[d]) + before);
      if (at.some((index, d) => index < 0 || index >= shape[d])) continue;
      y[at.reduce((sum, index, d) => sum + index * to[d], 0)] = values[i];
    }
    return cpu.makeTensorInfo(shape, x.dtype, y as Float32Array);
  };

/** dy tells how the size of the output was rounded, which tfjs-core's gradients do not. */
const roundedUp =
  (original: Kernel, shapes: (call: Parameters<Kernel>[0]) => [input: number[], filter: number[]]): Kernel =>
  (call) => {
    const {dy} = call.inputs as Record<string, TensorInfo>;
    const {strides, dilations = 1, pad, dataFormat = 'NHWC', dimRoundingMode} = call.attrs as Attrs;
    const [input, filter] = shapes(call) as [[number, number, number, number], [number, number, number, number]];
    const format = backend_util.convertConv2DDataFormat(dataFormat);
    const shapeOf = (mode: 'floor' | 'ceil' | 'round') =>
      backend_util.computeConv2DInfo(input, filter, strides, dilations, pad, mode, false, format).outShape;
    if (dimRoundingMode !== undefined || util.arraysEqual(dy.shape, shapeOf('floor'))) return original(call);
    const rounding = (['ceil', 'round'] as const).find((mode) => util.arraysEqual(dy.shape, shapeOf(mode)));
    return original(rounding ? {...call, attrs: {...call.attrs, dimRoundingMode: rounding}} : call);
  };

/** What takes the place of a kernel of tfjs-backend-cpu, given that. */
export const corrections: Readonly<Record<string, (original: Kernel) => Kernel>> = {
  ...complexDefinitions,
  AvgPoolGrad: () => avgPoolGrad,
  AvgPool3DGrad: () => avgPool3DGrad,
  PadV2: (original) => complexDefinitions.PadV2(padV2(original)),
  ResizeBilinearGrad: () => resizeGrad(false),
  ResizeNearestNeighborGrad: () => resizeGrad(true),
  FusedBatchNorm: fusedBatchNorm,
  Conv2DBackpropFilter: (original) =>
    roundedUp(original, ({inputs, attrs}) => [(inputs.x as TensorInfo).shape, (attrs as Attrs).filterShape]),
  Conv2DBackpropInput: (original) =>
    roundedUp(original, ({inputs, attrs}) => [(attrs as Attrs).inputShape, (inputs.filter as TensorInfo).shape]),
};

/** The kernel of tfjs-backend-cpu with a correction, or undefined if it is not registered. */
export function corrected(kernelName: string, backendName: string): KernelConfig | undefined {
  const original = getKernel(kernelName, backendName);
  return original && {...original, kernelFunc: corrections[kernelName](original.kernelFunc)};
}
