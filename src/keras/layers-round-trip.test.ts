import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {dispose, randomUniform, setBackend, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {
  input,
  layers as L,
  type LayersModel,
  model as modelOf,
  type SymbolicTensor,
  sequential,
} from '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {KerasError, loadKeras, saveKerasH5} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it} from 'vitest';
import {bitsOf, discard, inHdf5} from './fixtures/files';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

type Layer = {apply(inputs: SymbolicTensor | SymbolicTensor[]): SymbolicTensor | SymbolicTensor[] | Tensor | Tensor[]};

/** Not the default initializer, which needs chained operations. */
const PLAIN = {recurrentInitializer: 'glorotUniform'} as const;

/**
 * Each layer of tfjs-layers, with options that are not the defaults, and the shapes of its inputs. Its LSTM forgets to
 * dispose of what unitForgetBias makes.
 */
const LAYERS: [name: string, layer: () => unknown, ...inputs: number[][]][] = [
  [
    'dense',
    () =>
      L.dense({
        units: 3,
        activation: 'elu',
        useBias: false,
        kernelInitializer: 'randomNormal',
        kernelConstraint: 'nonNeg',
        kernelRegularizer: 'l1l2',
      }),
    [4],
  ],
  ['dense of three dimensions', () => L.dense({units: 3}), [2, 4]],
  ['activation', () => L.activation({activation: 'softplus'}), [4]],
  ['activation hardSigmoid', () => L.activation({activation: 'hardSigmoid'}), [4]],
  ['dropout', () => L.dropout({rate: 0.3, seed: 4, noiseShape: [1, 4]}), [4]],
  ['spatialDropout1d', () => L.spatialDropout1d({rate: 0.3}), [3, 4]],
  ['flatten', () => L.flatten(), [2, 3, 4]],
  ['flatten channelsFirst', () => L.flatten({dataFormat: 'channelsFirst'}), [2, 3, 4]],
  ['reshape', () => L.reshape({targetShape: [4, -1]}), [2, 6]],
  ['permute', () => L.permute({dims: [2, 1]}), [2, 6]],
  ['repeatVector', () => L.repeatVector({n: 3}), [4]],
  ['masking', () => L.masking({maskValue: 0.5}), [3, 4]],
  ['embedding', () => L.embedding({inputDim: 9, outputDim: 2, inputLength: 3}), [3]],
  ['elu', () => L.elu(), [4]],
  ['leakyReLU', () => L.leakyReLU({alpha: 0.2}), [4]],
  ['reLU', () => L.reLU({maxValue: 0.4}), [4]],
  ['prelu', () => L.prelu({alphaInitializer: 'randomUniform', sharedAxes: [1, 2]}), [3, 4, 2]],
  ['softmax', () => L.softmax({axis: -1}), [3, 4]],
  ['thresholdedReLU', () => L.thresholdedReLU({theta: 0.3}), [4]],
  [
    'batchNormalization',
    () =>
      L.batchNormalization({
        axis: -1,
        momentum: 0.8,
        epsilon: 0.01,
        scale: false,
        movingMeanInitializer: 'randomUniform',
      }),
    [4],
  ],
  [
    'layerNormalization',
    () => L.layerNormalization({axis: -1, epsilon: 0.02, center: false, gammaInitializer: 'randomUniform'}),
    [3, 4],
  ],
  ['conv1d', () => L.conv1d({filters: 3, kernelSize: 3, strides: 2, padding: 'same', activation: 'tanh'}), [8, 2]],
  [
    'conv2d',
    () => L.conv2d({filters: 3, kernelSize: [2, 3], strides: [2, 1], padding: 'same', useBias: false}),
    [6, 5, 2],
  ],
  ['conv2d dilated', () => L.conv2d({filters: 3, kernelSize: 2, dilationRate: 2}), [6, 5, 2]],
  ['conv2d channelsFirst', () => L.conv2d({filters: 3, kernelSize: 2, dataFormat: 'channelsFirst'}), [2, 6, 5]],
  ['conv2dTranspose', () => L.conv2dTranspose({filters: 3, kernelSize: 3, strides: 2, padding: 'same'}), [4, 4, 2]],
  ['conv3d', () => L.conv3d({filters: 2, kernelSize: 2, strides: [1, 2, 1]}), [4, 4, 4, 2]],
  ['conv3dTranspose', () => L.conv3dTranspose({filters: 2, kernelSize: 2, strides: 2}), [3, 3, 3, 2]],
  [
    'depthwiseConv2d',
    () => L.depthwiseConv2d({kernelSize: 3, depthMultiplier: 2, strides: 1, padding: 'same', activation: 'relu'}),
    [5, 5, 3],
  ],
  [
    'separableConv2d',
    () =>
      L.separableConv2d({
        filters: 4,
        kernelSize: 3,
        depthMultiplier: 2,
        padding: 'same',
        pointwiseRegularizer: 'l1l2',
        depthwiseConstraint: 'maxNorm',
        depthwiseInitializer: 'randomNormal',
      }),
    [5, 5, 3],
  ],
  [
    'separableConv2d dilated',
    () => L.separableConv2d({filters: 4, kernelSize: 2, dilationRate: 2, useBias: false}),
    [5, 5, 3],
  ],
  [
    'convLstm2d',
    () =>
      L.convLstm2d({
        ...PLAIN,
        filters: 2,
        kernelSize: 3,
        padding: 'same',
        returnSequences: true,
        recurrentActivation: 'sigmoid',
        unitForgetBias: false,
      }),
    [3, 4, 4, 2],
  ],
  [
    'convLstm2d, the last',
    () =>
      L.convLstm2d({
        ...PLAIN,
        filters: 2,
        kernelSize: [3, 2],
        strides: 1,
        recurrentActivation: 'sigmoid',
        goBackwards: true,
      }),
    [3, 4, 4, 2],
  ],
  [
    'rnn of convLstm2dCell',
    () => L.rnn({cell: L.lstmCell({...PLAIN, units: 3, recurrentActivation: 'sigmoid'}) as never}),
    [3, 4],
  ],
  ['upSampling2d', () => L.upSampling2d({size: [3, 2]}), [2, 3, 2]],
  [
    'zeroPadding2d',
    () =>
      L.zeroPadding2d({
        padding: [
          [1, 2],
          [0, 3],
        ],
      }),
    [2, 3, 2],
  ],
  [
    'cropping2D',
    () =>
      L.cropping2D({
        cropping: [
          [1, 0],
          [0, 2],
        ],
      }),
    [4, 5, 2],
  ],
  [
    'cropping2D channelsFirst',
    () =>
      L.cropping2D({
        cropping: [
          [1, 0],
          [0, 2],
        ],
        dataFormat: 'channelsFirst',
      }),
    [2, 4, 5],
  ],
  ['averagePooling1d', () => L.averagePooling1d({poolSize: 3, strides: 2, padding: 'same'}), [8, 2]],
  ['averagePooling2d', () => L.averagePooling2d({poolSize: [2, 3], strides: [1, 2], padding: 'same'}), [5, 6, 2]],
  ['averagePooling3d', () => L.averagePooling3d({poolSize: 2, strides: 1}), [4, 4, 4, 2]],
  ['maxPooling1d', () => L.maxPooling1d({poolSize: 3, strides: 2, padding: 'same'}), [8, 2]],
  ['maxPooling2d', () => L.maxPooling2d({poolSize: 3, strides: 1, padding: 'same'}), [5, 6, 2]],
  ['maxPooling3d', () => L.maxPooling3d({poolSize: 2, strides: 1, padding: 'same'}), [4, 4, 4, 2]],
  ['globalAveragePooling1d', () => L.globalAveragePooling1d({}), [4, 2]],
  ['globalAveragePooling2d', () => L.globalAveragePooling2d({dataFormat: 'channelsFirst'}), [4, 3, 2]],
  ['globalMaxPooling1d', () => L.globalMaxPooling1d(), [4, 2]],
  ['globalMaxPooling2d', () => L.globalMaxPooling2d({dataFormat: 'channelsFirst'}), [4, 3, 2]],
  [
    'simpleRNN',
    () => L.simpleRNN({...PLAIN, units: 3, returnSequences: true, goBackwards: true, activation: 'relu'}),
    [4, 2],
  ],
  [
    'lstm',
    () =>
      L.lstm({
        ...PLAIN,
        units: 3,
        recurrentActivation: 'sigmoid',
        unitForgetBias: false,
        useBias: false,
        implementation: 2,
      }),
    [4, 2],
  ],
  ['lstm hardSigmoid', () => L.lstm({...PLAIN, units: 3, unitForgetBias: false}), [4, 2]],
  ['gru', () => L.gru({...PLAIN, units: 3, recurrentActivation: 'sigmoid', returnSequences: true}), [4, 2]],
  [
    'rnn of a cell',
    () =>
      L.rnn({cell: L.gruCell({...PLAIN, units: 3, recurrentActivation: 'sigmoid'}) as never, returnSequences: true}),
    [4, 2],
  ],
  [
    'rnn of cells',
    () =>
      L.rnn({
        cell: L.stackedRNNCells({
          cells: [
            L.simpleRNNCell({...PLAIN, units: 3}),
            L.lstmCell({...PLAIN, units: 2, recurrentActivation: 'sigmoid'}),
          ] as never,
        }) as never,
      }),
    [4, 2],
  ],
  [
    'bidirectional',
    () =>
      L.bidirectional({
        layer: L.lstm({...PLAIN, units: 3, recurrentActivation: 'sigmoid', returnSequences: true}) as never,
        mergeMode: 'ave',
      }),
    [4, 2],
  ],
  [
    'bidirectional sum',
    () => L.bidirectional({layer: L.simpleRNN({...PLAIN, units: 3}) as never, mergeMode: 'sum'}),
    [4, 2],
  ],
  ['timeDistributed', () => L.timeDistributed({layer: L.conv2d({filters: 2, kernelSize: 2})}), [3, 4, 4, 1]],
  [
    'timeDistributed of a Sequential',
    () => L.timeDistributed({layer: sequential({layers: [L.dense({units: 3, inputShape: [4]}), L.dense({units: 2})]})}),
    [3, 4],
  ],
  ['timeDistributed of a Functional', () => L.timeDistributed({layer: functional()}), [3, 4]],
  ['a Sequential', () => sequential({layers: [L.dense({units: 3, inputShape: [4]}), L.reLU()]}), [4]],
  ['a Functional', () => functional(), [4]],
  ['add', () => L.add(), [4], [4]],
  ['average', () => L.average(), [4], [4]],
  ['concatenate', () => L.concatenate({axis: 1}), [2, 3], [4, 3]],
  ['dot', () => L.dot({axes: [1, 2], normalize: true}), [4, 3], [2, 4]],
  ['maximum', () => L.maximum(), [4], [4]],
  ['minimum', () => L.minimum(), [4], [4]],
  ['multiply', () => L.multiply(), [4], [4]],
  ['gaussianNoise', () => L.gaussianNoise({stddev: 0.3}), [4]],
  ['gaussianDropout', () => L.gaussianDropout({rate: 0.3}), [4]],
  ['alphaDropout', () => L.alphaDropout({rate: 0.3}), [4]],
  ['rescaling', () => L.rescaling({scale: 0.5, offset: -1}), [4]],
];

function functional(): LayersModel {
  const x = input({shape: [4]});
  const y = L.dense({units: 4}).apply(x) as SymbolicTensor;
  return modelOf({inputs: x, outputs: L.add().apply([x, y]) as SymbolicTensor});
}

function modelWith(layer: unknown, shapes: number[][], isFunctional: boolean): LayersModel {
  if (!isFunctional) {
    return sequential({layers: [L.inputLayer({inputShape: shapes[0]}), layer as never]});
  }
  const inputs = shapes.map((shape) => input({shape}));
  const output = (layer as Layer).apply(inputs.length === 1 ? inputs[0] : inputs) as SymbolicTensor;
  return modelOf({inputs, outputs: output});
}

function outputs(model: LayersModel, inputs: Tensor[]): number[][] {
  return tidy(() => ([model.predict(inputs)].flat() as Tensor[]).map((y) => [...y.shape, ...y.dataSync()]));
}

describe.each([2, 3] as const)('in a file for Keras %i', (keras) => {
  // Keras 3 has another hard_sigmoid.
  const layers = LAYERS.filter(([name]) => keras === 2 || !name.includes('hardSigmoid'));
  it.each(layers)('%s gives the same after it was saved and loaded', async (_, make, ...shapes) => {
    for (const isFunctional of shapes.length > 1 ? [true] : [false, true]) {
      const model = modelWith(make(), shapes, isFunctional);
      const inputs = shapes.map((shape, i) => randomUniform([2, ...shape], 0, 2, 'float32', 7 + i));
      try {
        const again = await loadKeras(await saveKerasH5(model, {keras}));
        expect(bitsOf(again)).toEqual(bitsOf(model));
        expect(outputs(again, inputs)).toEqual(outputs(model, inputs));
        discard(again);
      } finally {
        discard(model);
        for (const x of inputs) x.dispose();
      }
    }
  });
});

it('a layer within a layer is written as Keras 3 finds it', async () => {
  const separable = L.separableConv2d({filters: 2, kernelSize: 2, depthMultiplier: 3, inputShape: [4, 4, 1]});
  const wrapped = [
    L.timeDistributed({layer: separable, inputShape: [3, 4, 4, 1]}),
    L.timeDistributed({layer: sequential({layers: [L.flatten({inputShape: [3, 3, 2]}), L.dense({units: 4})]})}),
    L.timeDistributed({layer: functional()}),
  ];
  const model = sequential({layers: wrapped});
  const layers = await inHdf5(await saveKerasH5(model, {keras: 3}), (root) => {
    const {config} = JSON.parse(root.attrs.model_config.value as string);
    return config.layers.slice(1).map((entry: {config: {layer: object}}) => entry.config.layer);
  });
  expect(layers).toMatchObject([
    {class_name: 'SeparableConv2D', module: 'keras.layers', registered_name: null, config: {depth_multiplier: 3}},
    {class_name: 'Sequential', module: 'keras', registered_name: null},
    {class_name: 'Functional', module: 'keras.src.models.functional', registered_name: 'Functional'},
  ]);
  // Layers of Keras 3 take no batch_input_shape.
  expect(layers[0].config).not.toHaveProperty('batch_input_shape');
  discard(model);
});

/** tfjs-layers' own dispose leaves layers that models within models share, and states. */
function discardAll(model: LayersModel): void {
  model.resetStates();
  for (const layer of model.layers) {
    const {states_: states = []} = layer as unknown as {states_?: Tensor[]};
    dispose(states);
  }
  for (const weight of model.weights) weight.dispose();
  model.optimizer?.dispose();
}

/** Undefined where tfjs-layers cannot run the model: then there is nothing to compare. */
function predicted(model: LayersModel, inputs: Tensor[]): number[][] | undefined {
  try {
    return outputs(model, inputs);
  } catch {
    return undefined;
  }
}

const zoo = path.join(process.env.MNIST_DIR ?? '', '../keras/zoo');
const isThere = Boolean(process.env.MNIST_DIR) && existsSync(zoo);
// Models written by Keras 3.15, one for each layer and option.
describe.runIf(isThere)('models of Keras', () => {
  // tfjs-layers forgets the masks that it draws for dropout within recurrent layers.
  const names = isThere ? readdirSync(zoo).filter((name) => /(?<!lstm_drop)\.json$/.test(name)) : [];
  it.each(names.map((name) => name.slice(0, -5)))('%s gives the same after it was saved and loaded', async (name) => {
    const {in: shapes} = JSON.parse(readFileSync(path.join(zoo, `${name}.json`), 'utf8')) as {in: number[][]};
    const model = await loadKeras(readFileSync(path.join(zoo, `${name}.keras`))).catch((error: unknown) => {
      expect(error).toBeInstanceOf(KerasError);
      return undefined;
    });
    if (model === undefined) return;
    const inputs = shapes.map((shape, i) => {
      const bytes = new Uint8Array(readFileSync(path.join(zoo, `${name}.in${i}`)));
      return tensor(new Float32Array(bytes.buffer), shape);
    });
    try {
      const expected = predicted(model, inputs);
      for (const keras of expected ? ([2, 3] as const) : []) {
        const file = await saveKerasH5(model, {keras}).catch((error: unknown) => {
          // Operations, masks as inputs: refused by name.
          expect(error).toBeInstanceOf(KerasError);
          return undefined;
        });
        if (file === undefined) continue;
        const again = await loadKeras(file);
        expect(outputs(again, inputs)).toEqual(expected);
        discardAll(again);
      }
    } finally {
      discardAll(model);
      for (const x of inputs) x.dispose();
    }
  });
});
