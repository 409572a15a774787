import type {NamedAttrMap} from '@tensorflow/tfjs-core';
import type {InputSpec, KernelCase} from './types';

const of = (...shape: number[]): InputSpec => ({shape});
const ints = (shape: number[], values?: readonly number[]): InputSpec => ({shape, dtype: 'int32', values});

const refused = (
  kernel: string,
  name: string,
  inputs: KernelCase['inputs'],
  attrs: NamedAttrMap,
  throws: RegExp,
): KernelCase => ({kernel, name: `refused: ${name}`, inputs, attrs, throws});

const valid = {strides: 1, pad: 'valid'};
/** Windows that neither fit nor are whole; where both sizes are negative, their product is not. */
const windows: readonly [name: string, change: NamedAttrMap, throws: RegExp][] = [
  ['a fractional padding', {pad: 0.5}, /pad is 0\.5; expected a whole number/],
  ['a negative stride', {strides: -1}, /strides is -1; expected a whole number from 1 on/],
  ['strides of 0', {strides: [0, 0]}, /strides is \[0, 0\]; expected 2 whole numbers from 1 on/],
  ['fractional paddings', {pad: explicit(0.5, 0, 0, 0)}, /pad is \[.*0\.5.*\]; expected 4 pairs of whole numbers/],
  ['a padding larger than any image', {pad: 2 ** 30}, /more than 2\^31 positions|output of/],
];

function explicit(top: number, bottom: number, left: number, right: number): number[][] {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

const x = of(1, 2, 2, 3);
const pool = {filterSize: 2, ...valid};
const poolings: readonly KernelCase[] = [
  ...['MaxPool', 'AvgPool', 'MaxPoolWithArgmax'].flatMap((kernel) => [
    ...windows.map(([name, change, throws]) => refused(kernel, name, {x}, {...pool, ...change}, throws)),
    refused(kernel, 'a window larger than the image', {x}, {...pool, filterSize: 5}, /filter of 5, .* height of 2/),
    refused(kernel, 'a window of nothing', {x}, {...pool, filterSize: 0}, /filterSize is 0; expected/),
  ]),
  ...['MaxPoolGrad', 'AvgPoolGrad'].map((kernel) =>
    refused(
      kernel,
      'a gradient of another batch',
      {dy: of(2, 1, 1, 3), input: x, output: of(1, 1, 1, 3)},
      pool,
      /the gradient dy has the shape \[2,1,1,3\]; expected \[1,1,1,3\]/,
    ),
  ),
  ...['MaxPool3D', 'AvgPool3D'].map((kernel) =>
    refused(kernel, 'a window of nothing', {x: of(1, 2, 2, 2, 1)}, {...pool, filterSize: 0}, /filterSize is 0/),
  ),
];

const filter = of(2, 2, 3, 4);
const convolutions: readonly KernelCase[] = [
  ...['Conv2D', 'FusedConv2D', 'DepthwiseConv2dNative', 'FusedDepthwiseConv2D'].flatMap((kernel) => [
    ...windows.map(([name, change, throws]) => refused(kernel, name, {x, filter}, {...valid, ...change}, throws)),
    refused(kernel, 'a filter that does not fit', {x, filter: of(5, 5, 3, 4)}, valid, /filter of 5, .* height of 2/),
    refused(kernel, 'a filter for other channels', {x, filter: of(2, 2, 5, 4)}, valid, /3 channels, the filter/),
    refused(kernel, 'a dilation of 0', {x, filter}, {...valid, dilations: 0}, /dilations is 0; expected/),
  ]),
  ...['Conv2DBackpropInput', 'DepthwiseConv2dNativeBackpropInput'].map((kernel) =>
    refused(
      kernel,
      'a negative shape',
      {dy: of(1, 1, 1, 4), filter},
      {...valid, inputShape: [1, -2, -2, 3]},
      /the shape of the input is \[1, -2, -2, 3\]; expected (4 )?whole numbers/,
    ),
  ),
  ...['Conv2DBackpropFilter', 'DepthwiseConv2dNativeBackpropFilter'].map((kernel) =>
    refused(
      kernel,
      'a negative shape',
      {x, dy: of(1, 1, 1, 4)},
      {...valid, filterShape: [-2, -2, 3, 4]},
      /the shape of the filter is \[-2, -2, 3, 4\]; expected (4 )?whole numbers/,
    ),
  ),
  refused(
    'Dilation2D',
    'a fractional stride',
    {x, filter: of(2, 2, 3)},
    {...valid, strides: 0.5, dilations: 1},
    /strides/,
  ),
  refused(
    'Conv3D',
    'a fractional padding',
    {x: of(1, 2, 2, 2, 3), filter: of(1, 1, 1, 3, 2)},
    {...valid, pad: 0.5},
    /pad is 0\.5; expected a whole number/,
  ),
];

const layouts: readonly KernelCase[] = [
  refused(
    'Tile',
    'negative repetitions',
    {x: of(2, 3)},
    {reps: [-1, -2]},
    /reps is \[-1, -2\]; expected 2 whole numbers/,
  ),
  refused('Tile', 'fractional repetitions', {x: of(2, 4)}, {reps: [0.5, 0.5]}, /reps is \[0\.5, 0\.5\]; expected/),
  refused('Tile', 'repetitions for one dimension', {x: of(2, 3)}, {reps: [2]}, /reps is \[2\]; expected 2 whole/),
  refused('Transpose', 'a dimension twice', {x: of(2, 3)}, {perm: [0, 0]}, /each dimension of \[2,3\] once/),
  refused('Transpose', 'a dimension that is not there', {x: of(2, 3)}, {perm: [0, 2]}, /from 0 to 1/),
  refused('Reshape', 'fractional dimensions', {x: of(2, 3)}, {shape: [0.5, 12]}, /shape is \[0\.5, 12\]; expected/),
  refused('ExpandDims', 'a fractional axis', {input: of(2, 3)}, {dim: 0.5}, /the axis is 0\.5/),
  refused('Fill', 'negative dimensions', {}, {shape: [-2, -3], value: 1, dtype: 'float32'}, /shape is \[-2, -3\]/),
  refused('Fill', 'many negative dimensions', {}, {shape: [-128, -64], value: 1, dtype: 'float32'}, /shape is/),
  refused('PadV2', 'fractional paddings', {x: of(2)}, {paddings: [[0.5, 0.5]], constantValue: 0}, /1 pairs of whole/),
  refused('PadV2', 'paddings for one dimension', {x: of(2, 3)}, {paddings: [[1, 1]], constantValue: 0}, /2 pairs/),
  refused(
    'MirrorPad',
    'fractional paddings',
    {x: of(3)},
    {paddings: [[0.5, 0.5]], mode: 'reflect'},
    /1 pairs of whole/,
  ),
  refused('MirrorPad', 'an unknown mode', {x: of(3)}, {paddings: [[1, 1]], mode: 'same'}, /mode is same; expected/),
  refused('SplitV', 'nothing into many parts', {x: of(0, 3)}, {numOrSizeSplits: 1e8, axis: 0}, /numOrSizeSplits is/),
  refused('Slice', 'a fractional beginning', {x: of(4)}, {begin: [0.5], size: [2]}, /begin is \[0\.5\]; expected/),
  refused(
    'StridedSlice',
    'a fractional beginning',
    {x: of(4)},
    {
      begin: [0.5],
      end: [4],
      strides: [1],
      beginMask: 0,
      endMask: 0,
      ellipsisMask: 0,
      newAxisMask: 0,
      shrinkAxisMask: 0,
    },
    /begin is \[0\.5\]; expected whole numbers/,
  ),
  refused('BatchToSpaceND', 'blocks of 0', {x: of(4, 2)}, {blockShape: [0], crops: [[0, 0]]}, /blockShape is \[0\]/),
  refused(
    'SpaceToBatchND',
    'blocks of -1',
    {x: of(4, 2)},
    {blockShape: [-1], paddings: [[0, 0]]},
    /blockShape is \[-1\]/,
  ),
  refused(
    'DepthToSpace',
    'a negative block',
    {x: of(1, 2, 2, 4)},
    {blockSize: -2, dataFormat: 'NHWC'},
    /blockSize is -2/,
  ),
];

const others: readonly KernelCase[] = [
  refused('AddN', 'other shapes', [of(2, 3), of(3)], {}, /an input has the shape \[3\]; expected \[2,3\]/),
  refused(
    'BatchMatMul',
    'vectors',
    {a: of(3), b: of(3)},
    {transposeA: false, transposeB: false},
    /at least 2 dimensions/,
  ),
  refused('FusedBatchNorm', 'no statistics', {x: of(2, 3), mean: of(0), variance: of(0)}, {}, /must not be empty/),
  refused(
    'Complex',
    'parts of different shapes',
    {real: of(2, 3), imag: of(2)},
    {},
    /imag has the shape \[2\]; expected/,
  ),
  refused('Sum', 'a fractional axis', {x: of(2, 3)}, {axis: [0.5], keepDims: false}, /must be integers/),
  refused('OneHot', 'a fractional depth', {indices: ints([3])}, {...onOff(), depth: 0.5}, /depth is 0\.5; expected/),
  refused('OneHot', 'a negative depth', {indices: ints([3])}, {...onOff(), depth: -1}, /depth is -1; expected/),
  refused('LinSpace', 'a fractional number', {}, {start: 0, stop: 1, num: 2.5}, /num is 2\.5; expected a whole number/),
  refused('LinSpace', 'more than the memory has', {}, {start: 0, stop: 1, num: 2 ** 31 - 1}, /out of memory/),
  refused('Range', 'no step', {}, {start: 0, stop: 1, step: 0, dtype: 'float32'}, /Infinity steps of 0; expected/),
  refused(
    'Range',
    'endless steps',
    {},
    {start: 0, stop: 1, step: 1e-18, dtype: 'float32'},
    /not the shape of a tensor/,
  ),
  refused(
    'GatherV2',
    'half a batch',
    {x: of(2, 3), indices: ints([2, 1], [0, 1])},
    {axis: 1, batchDims: 0.5},
    /batchDims/,
  ),
  refused(
    'Select',
    'results of different shapes',
    {condition: {shape: [2], dtype: 'bool'}, t: of(2), e: of(3)},
    {},
    /e has the shape \[3\]; expected \[2\]/,
  ),
  refused(
    'Select',
    'a condition of another shape',
    {condition: {shape: [2], dtype: 'bool'}, t: of(3), e: of(3)},
    {},
    /condition has the shape \[2\]; expected \[3\]/,
  ),
  refused('TopK', 'half an element', {x: of(2, 3)}, {k: 0.5, sorted: true}, /expected k from 0 to 3 .* got 0\.5/),
  refused(
    'UnsortedSegmentSum',
    'ids of too few rows',
    {x: of(4, 2), segmentIds: ints([3], [0, 1, 0])},
    {numSegments: 2},
    /segmentIds are int32 \[3\], x is \[4,2\]; expected/,
  ),
  refused(
    'ScatterNd',
    'a negative shape',
    {indices: ints([1, 1], [0]), updates: of(1)},
    {shape: [-3]},
    /shape is \[-3\]/,
  ),
  refused(
    'ResizeBilinear',
    'an image',
    {images: of(4, 4, 3)},
    {size: [2, 2]},
    /images has the shape \[4,4,3\]; expected/,
  ),
  refused(
    'Transform',
    'transforms of no numbers',
    {image: of(1, 4, 4, 1), transforms: {shape: [1, 8], dtype: 'string', values: new Array<string>(8).fill('a')}},
    {interpolation: 'nearest', fillMode: 'constant', fillValue: 0},
    /transforms are string; expected numbers/,
  ),
  refused('FlipLeftRight', 'an image', {image: of(4, 4)}, {}, /image has the shape \[4,4\]; expected 4 dimensions/),
  refused('RotateWithOffset', 'an image', {image: of(4, 4)}, {radians: 1, fillValue: 0, center: 0.5}, /4 dimensions/),
  refused(
    'Multinomial',
    'more samples than the memory has',
    {logits: of(2, 3)},
    {numSamples: 2 ** 31 - 1, seed: 1, normalized: false},
    /not the shape of a tensor|out of memory/,
  ),
];

function onOff(): NamedAttrMap {
  return {dtype: 'float32', onValue: 1, offValue: 0};
}

/** Calls that cannot be computed, of which some once were: they trapped, hung or wrote outside of their tensors. */
export const cases: readonly KernelCase[] = [...poolings, ...convolutions, ...layouts, ...others];
