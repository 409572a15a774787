import {layers, sequential} from '@tensorflow/tfjs-layers';
import type {InputSpec} from '../cases/types';

type Layer = layers.Layer;

/** A layer with attributes, and what it is applied to; small, since the CPU backend runs it too. */
export interface LayerCase {
  name: string;
  layer: () => Layer;
  inputs: readonly InputSpec[];
  /** Why tfjs has no gradient here. */
  withoutGradient?: string;
}

const of = (name: string, layer: () => Layer, ...shapes: (readonly number[])[]): LayerCase => ({
  name,
  layer,
  inputs: shapes.map((shape) => ({shape})),
});

const withoutGradient = (because: string, layerCase: LayerCase): LayerCase => ({
  ...layerCase,
  withoutGradient: because,
});

const sequence = [3, 5, 4];
/** The CPU backend's ResizeBilinearGrad swaps height and width. */
const square = [2, 7, 7, 3];
/** Its ResizeNearestNeighborGrad reads from the first image of a batch only. */
const oneImage = [1, 7, 7, 3];
const image = [2, 8, 7, 3];
const volume = [2, 5, 6, 4, 2];
const same = 'same';

/** The declarations of tfjs-layers leave out logSoftmax. */
const activations = [
  ...(['elu', 'relu', 'relu6', 'selu', 'sigmoid', 'hardSigmoid', 'softplus', 'softsign', 'tanh'] as const),
  ...(['softmax', 'logSoftmax' as 'softmax', 'linear', 'gelu', 'gelu_new', 'mish', 'swish'] as const),
];

const core: readonly LayerCase[] = [
  of('dense', () => layers.dense({units: 6}), [4, 5]),
  of('dense of a sequence', () => layers.dense({units: 6, activation: 'relu'}), sequence),
  of('flatten', () => layers.flatten(), image),
  of('flatten channelsFirst', () => layers.flatten({dataFormat: 'channelsFirst'}), image),
  of('repeatVector', () => layers.repeatVector({n: 3}), [4, 5]),
  of('reshape', () => layers.reshape({targetShape: [2, -1]}), [3, 4, 5]),
  of('permute', () => layers.permute({dims: [3, 1, 2]}), image),
  of('dropout', () => layers.dropout({rate: 0.4, seed: 3}), image),
  of('dropout of whole rows', () => layers.dropout({rate: 0.4, seed: 3, noiseShape: [3, 1, 4]}), sequence),
  of('spatialDropout1d', () => layers.spatialDropout1d({rate: 0.4, seed: 3}), sequence),
  of('alphaDropout', () => layers.alphaDropout({rate: 0.4}), image),
  of('gaussianDropout', () => layers.gaussianDropout({rate: 0.4}), image),
  of('gaussianNoise', () => layers.gaussianNoise({stddev: 0.4}), image),
  withoutGradient(
    'Any has none',
    of('masking', () => layers.masking({maskValue: 0.5}), sequence),
  ),
  {
    name: 'embedding',
    layer: () => layers.embedding({inputDim: 9, outputDim: 4}),
    inputs: [{shape: [3, 5], dtype: 'int32', values: 'uniform', range: [0, 8]}],
  },
  {
    name: 'embedding of masked steps',
    layer: () => layers.embedding({inputDim: 9, outputDim: 4, maskZero: true}),
    inputs: [{shape: [3, 5], dtype: 'int32', values: [0, 1, 2, 3, 4, 0, 0, 5, 6, 7, 8, 0, 1, 0, 2]}],
  },
  ...activations.map((activation) => of(`activation ${activation}`, () => layers.activation({activation}), [4, 9])),
  of('reLU', () => layers.reLU({maxValue: 1}), [4, 9]),
  of('leakyReLU', () => layers.leakyReLU({alpha: 0.2}), [4, 9]),
  of('prelu', () => layers.prelu({sharedAxes: [1, 2]}), image),
  of('elu', () => layers.elu({alpha: 1}), [4, 9]),
  withoutGradient(
    'Greater has none',
    of('thresholdedReLU', () => layers.thresholdedReLU({theta: 0.3}), [4, 9]),
  ),
  of('softmax', () => layers.softmax(), [4, 9]),
];

const convolutional: readonly LayerCase[] = [
  of('conv1d', () => layers.conv1d({filters: 5, kernelSize: 3, strides: 2, padding: same}), [2, 9, 4]),
  withoutGradient(
    'a dilated Conv2D has none',
    of('conv1d dilated', () => layers.conv1d({filters: 5, kernelSize: 3, dilationRate: 2}), [2, 9, 4]),
  ),
  of('conv2d', () => layers.conv2d({filters: 5, kernelSize: [3, 2], activation: 'relu'}), image),
  of('conv2d stride 2', () => layers.conv2d({filters: 5, kernelSize: 3, strides: 2, padding: same}), image),
  of(
    'conv2d channelsFirst',
    () => layers.conv2d({filters: 5, kernelSize: 3, dataFormat: 'channelsFirst'}),
    [2, 3, 8, 7],
  ),
  of('conv2dTranspose', () => layers.conv2dTranspose({filters: 4, kernelSize: 3, strides: 2, padding: same}), image),
  of(
    'conv2dTranspose channelsFirst',
    () => layers.conv2dTranspose({filters: 4, kernelSize: 2, strides: 2, dataFormat: 'channelsFirst'}),
    [2, 3, 4, 5],
  ),
  of('conv3d', () => layers.conv3d({filters: 3, kernelSize: 2, strides: 2, padding: same}), volume),
  withoutGradient(
    'Conv3DBackpropInputV2 has none',
    of('conv3dTranspose', () => layers.conv3dTranspose({filters: 3, kernelSize: 2, strides: 2, padding: same}), volume),
  ),
  of('depthwiseConv2d', () => layers.depthwiseConv2d({kernelSize: 3, depthMultiplier: 2, padding: same}), image),
  of('separableConv2d', () => layers.separableConv2d({filters: 5, kernelSize: 3, depthMultiplier: 2}), image),
  of('cropping2D', () => layers.cropping2D({cropping: [1, 2]}), image),
  of('upSampling2d', () => layers.upSampling2d({size: [2, 3]}), oneImage),
  of('upSampling2d bilinear', () => layers.upSampling2d({size: [2, 3], interpolation: 'bilinear'}), square),
  of(
    'upSampling2d channelsFirst',
    () => layers.upSampling2d({size: [2, 3], dataFormat: 'channelsFirst'}),
    [1, 3, 5, 5],
  ),
  of('zeroPadding2d', () => layers.zeroPadding2d({padding: [1, 2]}), image),
];

const pooling: readonly LayerCase[] = [
  of('averagePooling1d', () => layers.averagePooling1d({poolSize: 2, strides: 2}), [2, 9, 4]),
  of('averagePooling2d', () => layers.averagePooling2d({poolSize: 3, strides: 2, padding: same}), image),
  of('averagePooling3d', () => layers.averagePooling3d({poolSize: 2, strides: 1, padding: same}), volume),
  of('maxPooling1d', () => layers.maxPooling1d({poolSize: 3, strides: 2}), [2, 9, 4]),
  of('maxPooling2d', () => layers.maxPooling2d({poolSize: 2}), image),
  of('maxPooling2d channelsFirst', () => layers.maxPooling2d({poolSize: 2, dataFormat: 'channelsFirst'}), [2, 3, 8, 7]),
  of('maxPooling3d', () => layers.maxPooling3d({poolSize: 2, strides: 2}), volume),
  of('globalAveragePooling1d', () => layers.globalAveragePooling1d(), sequence),
  of('globalAveragePooling2d', () => layers.globalAveragePooling2d({}), image),
  of('globalMaxPooling1d', () => layers.globalMaxPooling1d(), sequence),
  of('globalMaxPooling2d', () => layers.globalMaxPooling2d({}), image),
];

const normalization: readonly LayerCase[] = [
  of('batchNormalization', () => layers.batchNormalization(), image),
  of('batchNormalization of rows', () => layers.batchNormalization({momentum: 0.5}), [6, 5]),
  of('layerNormalization', () => layers.layerNormalization(), sequence),
];

const merging: readonly LayerCase[] = [
  ...(['add', 'multiply', 'average', 'maximum', 'minimum'] as const).flatMap((name) => [
    of(name, () => layers[name](), [3, 5], [3, 5], [3, 5]),
    withoutGradient(
      'those of Maximum and Minimum do not broadcast',
      of(`${name} with a broadcast`, () => layers[name](), [3, 4, 5], [3, 1, 5]),
    ),
  ]),
  of('concatenate', () => layers.concatenate({axis: 2}), [2, 3, 4], [2, 3, 2]),
  of('dot', () => layers.dot({axes: 1}), [3, 5], [3, 5]),
  of('dot of matrices', () => layers.dot({axes: [2, 1], normalize: true}), [2, 3, 4], [2, 4, 5]),
];

/** Orthogonal, the default, is tested as an initialiser. */
const recurrentInitializer = 'glorotUniform';
const recurrent: readonly LayerCase[] = [
  ...(['simpleRNN', 'gru', 'lstm'] as const).flatMap((name) => [
    of(name, () => layers[name]({units: 4, recurrentInitializer}), sequence),
    of(
      `${name} with all outputs`,
      () =>
        layers[name]({
          units: 4,
          returnSequences: true,
          goBackwards: true,
          dropout: 0.3,
          recurrentDropout: 0.2,
          recurrentInitializer,
          unroll: true,
        }),
      sequence,
    ),
  ]),
  of(
    'rnn of stacked cells',
    () =>
      layers.rnn({
        cell: layers.stackedRNNCells({
          cells: [
            layers.simpleRNNCell({units: 4, recurrentInitializer}),
            layers.gruCell({units: 3, recurrentInitializer}),
            layers.lstmCell({units: 5, recurrentInitializer}),
          ],
        }) as layers.RNNCell as ReturnType<typeof layers.lstmCell>,
      }),
    sequence,
  ),
  of(
    'convLstm2d',
    () => layers.convLstm2d({filters: 3, kernelSize: 3, padding: same, recurrentInitializer}),
    [2, 3, 5, 4, 2],
  ),
  of(
    'bidirectional',
    () => layers.bidirectional({layer: layers.gru({units: 4, recurrentInitializer}), mergeMode: 'concat'}),
    sequence,
  ),
  of('timeDistributed', () => layers.timeDistributed({layer: layers.dense({units: 3})}), sequence),
  {
    name: 'lstm of masked steps',
    layer: () => {
      const model = sequential();
      model.add(layers.embedding({inputDim: 9, outputDim: 4, maskZero: true, inputLength: 5}));
      model.add(layers.lstm({units: 4, recurrentInitializer}));
      return model;
    },
    inputs: [{shape: [3, 5], dtype: 'int32', values: [1, 2, 3, 4, 0, 5, 6, 7, 8, 0, 1, 3, 0, 0, 0]}],
  },
];

const preprocessing: readonly LayerCase[] = [
  of('rescaling', () => layers.rescaling({scale: 1 / 255, offset: -0.5}), image),
  of('resizing', () => layers.resizing({height: 5, width: 9, interpolation: 'bilinear'}), square),
  of('resizing nearest', () => layers.resizing({height: 5, width: 9, interpolation: 'nearest'}), oneImage),
  withoutGradient(
    'CropAndResize has none',
    of('centerCrop', () => layers.centerCrop({height: 4, width: 5}), image),
  ),
  of('centerCrop to more', () => layers.centerCrop({height: 10, width: 9}), square),
  of('randomWidth', () => layers.randomWidth({factor: 0.4, seed: 3}), square),
  of('randomWidth nearest', () => layers.randomWidth({factor: 0.4, seed: 3, interpolation: 'nearest'}), oneImage),
  ...(['multiHot', 'oneHot', 'count'] as const).map(
    (outputMode): LayerCase => ({
      name: `categoryEncoding ${outputMode}`,
      layer: () => layers.categoryEncoding({numTokens: 6, outputMode}),
      inputs: [{shape: outputMode === 'oneHot' ? [4, 1] : [4, 3], dtype: 'int32', values: 'uniform', range: [0, 5]}],
    }),
  ),
];

/** Every layer that tfjs-layers has, but for containers. */
export const layerCases: readonly LayerCase[] = [
  ...core,
  ...convolutional,
  ...pooling,
  ...normalization,
  ...merging,
  ...recurrent,
  ...preprocessing,
];
