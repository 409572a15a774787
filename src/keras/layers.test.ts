import {setBackend, sum, type Tensor, tensor, tidy, type Variable, variableGrads} from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {compileModel} from 'mnist-wasm/compile';
import {loadKeras} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it} from 'vitest';
import {discard, hdf5} from './fixtures/files';
import {type Entry, file, layer, predict, result, sequential, type Weights} from './fixtures/made';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

describe("Keras 3's activations", () => {
  it.each<[string, number[], number[]]>([
    ['hard_sigmoid', [-4, -1, 0, 1, 4], [0, 0.3333, 0.5, 0.6667, 1]],
    ['hard_silu', [-4, -1, 0, 1, 4], [0, -0.3333, 0, 0.6667, 4]],
    ['hard_tanh', [-4, -0.5, 0, 0.5, 4], [-1, -0.5, 0, 0.5, 1]],
    ['hard_shrink', [-4, -0.4, 0, 0.4, 4], [-4, 0, 0, 0, 4]],
    ['soft_shrink', [-4, -0.4, 0, 0.4, 4], [-3.5, 0, 0, 0, 3.5]],
    ['tanh_shrink', [-1, 0, 0, 0, 1], [-0.2384, 0, 0, 0, 0.2384]],
    ['leaky_relu', [-4, -1, 0, 1, 4], [-0.8, -0.2, 0, 1, 4]],
    ['log_sigmoid', [-1, -2, 2, -3, 1], [-1.3133, -2.1269, -0.1269, -3.0486, -0.3133]],
    ['exponential', [-1, 0, 0, -2, 2], [0.3679, 1, 1, 0.1353, 7.3891]],
    ['celu', [-1, 0, 0, 0, 1], [-0.6321, 0, 0, 0, 1]],
    ['squareplus', [-1, 0, 0, 0, 1], [0.618, 1, 1, 1, 1.618]],
    ['sparse_plus', [-2, -1, 0, 1, 2], [0, 0, 0.25, 1, 2]],
    ['sparse_sigmoid', [-2, -1, 0, 1, 2], [0, 0, 0.5, 1, 1]],
    ['sparsemax', [-1, 0, 0.5, 1, 1.1], [0, 0, 0, 0.45, 0.55]],
  ])('%s', async (name, inputs, outputs) => {
    const config = sequential([5], layer('Activation', {activation: name}));
    expect(await result(config, inputs, [1, 5])).toEqual(outputs.map((value) => value + 0));
  });
});

describe('what tfjs-layers passes over or throws at', () => {
  it('convolves in groups, causally and with channels first', async () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8];
    const causal = layer('Conv1D', {filters: 2, kernel_size: [2], padding: 'causal', groups: 2, use_bias: false});
    const kernel: Weights = {
      conv1d: [
        [
          [2, 1, 2],
          [1, 10, 1, 10],
        ],
      ],
    };
    // Each step and the one before: channel 0 once, channel 1 ten times.
    expect(await result(sequential([4, 2], causal), values, [1, 4, 2], kernel)).toEqual([
      1, 20, 4, 60, 8, 100, 12, 140,
    ]);
    const first = {...causal, config: {...causal.config, data_format: 'channels_first'}};
    expect(await result(sequential([2, 4], first), [1, 3, 5, 7, 2, 4, 6, 8], [1, 2, 4], kernel)).toEqual([
      1, 4, 8, 12, 20, 60, 100, 140,
    ]);
  });

  it('normalizes batches of five dimensions', async () => {
    const config = sequential([1, 1, 2, 2], layer('BatchNormalization', {axis: -1, epsilon: 0}));
    const weights: Weights = {
      batchnormalization: [
        [[2], [2, 1]],
        [[2], [0, 5]],
        [[2], [1, 2]],
        [[2], [4, 1]],
      ],
    };
    expect(await result(config, [1, 2, 3, 4], [1, 1, 1, 2, 2], weights)).toEqual([0, 5, 2, 7]);
  });

  it('pools what a mask leaves', async () => {
    const config = sequential(
      [3],
      layer('Embedding', {input_dim: 4, output_dim: 1, mask_zero: true}),
      layer('GlobalAveragePooling1D'),
    );
    expect(
      await result(config, [3, 1, 0], [1, 3], {
        embedding: [
          [
            [4, 1],
            [100, 1, 2, 3],
          ],
        ],
      }),
    ).toEqual([2]);
  });

  it('gives no layer a mask that Keras ends', async () => {
    const rnn = layer('SimpleRNN', {units: 1, activation: 'linear', use_bias: false});
    const config = sequential(
      [3, 1],
      layer('Masking', {mask_value: 0}),
      layer('Conv1D', {filters: 1, kernel_size: [1]}),
      rnn,
    );
    // The middle step is masked, the convolution makes 5 of it, and the recurrent layer counts it.
    const weights: Weights = {
      conv1d: [
        [[1, 1, 1], [1]],
        [[1], [5]],
      ],
      simplernn: [
        [[1, 1], [1]],
        [[1, 1], [1]],
      ],
    };
    expect(await result(config, [1, 0, 2], [1, 3, 1], weights)).toEqual([18]);
  });

  it('takes Normalization of Keras 2, which counts its examples', async () => {
    const config = sequential([2], layer('Normalization', {axis: [-1]}));
    const bytes = await hdf5((root) => {
      root.create_attribute('keras_version', '2.9.0');
      root.create_attribute('model_config', JSON.stringify(config));
      const group = root.create_group('model_weights');
      group.create_attribute('layer_names', ['normalization'], [1], 'S20');
      const own = group.create_group('normalization');
      own.create_attribute('weight_names', ['mean:0', 'variance:0', 'count:0'], [3], 'S20');
      own.create_dataset({name: 'mean:0', data: Float32Array.of(1, 2), shape: [2], dtype: '<f4'});
      own.create_dataset({name: 'variance:0', data: Float32Array.of(4, 9), shape: [2], dtype: '<f4'});
      own.create_dataset({name: 'count:0', data: Int32Array.of(7), shape: [], dtype: '<i4'});
    });
    const model = await loadKeras(bytes);
    expect(predict(model, [5, 8], [1, 2])).toEqual([2, 2]);
    discard(model);
  });

  it('refuses by name a mask that would be lost', async () => {
    const embedding = layer('Embedding', {input_dim: 4, output_dim: 2, mask_zero: true});
    const inner = sequential([3], embedding);
    const lstm = layer('LSTM', {units: 1});
    const nested = await file(
      sequential([3], {...inner, config: {...inner.config, name: 'inner'}} as unknown as Entry, lstm),
    );
    await expect(loadKeras(nested)).rejects.toThrow(/LSTM "lstm": its mask comes out of a model within/);
    const wrapped = sequential([3, 2, 1], layer('Masking', {mask_value: 0}), layer('TimeDistributed', {layer: lstm}));
    await expect(loadKeras(await file(wrapped))).rejects.toThrow(
      /TimeDistributed "timedistributed": called with a mask/,
    );
  });

  it.each([
    ['3.15.1', [4, 4]],
    ['3.16.0', [4, 8]],
  ])('hands a mask through a recurrent layer as Keras %s does', async (version, outputs) => {
    const rnn = (name: string) =>
      layer('SimpleRNN', {name, units: 1, activation: 'linear', use_bias: false, return_sequences: true});
    const config = sequential([2, 1], layer('Masking', {mask_value: 0}), rnn('a'), rnn('b'));
    const one: [number[], number[]][] = [
      [[1, 1], [1]],
      [[1, 1], [1]],
    ];
    expect(await result(config, [4, 0], [1, 2, 1], {a: one, b: one}, {keras_version: version})).toEqual(outputs);
  });

  it('takes ReLU with a slope and a threshold, Softmax along an axis, and bilinear UpSampling2D', async () => {
    const relu = layer('ReLU', {negative_slope: 0.5, threshold: 1, max_value: 3});
    expect(await result(sequential([4], relu), [-1, 0.5, 2, 5], [1, 4])).toEqual([-1, -0.25, 2, 3]);
    const softmax = sequential([2, 1], layer('Softmax', {axis: 1}));
    expect(await result(softmax, [0, Math.log(3)], [1, 2, 1])).toEqual([0.25, 0.75]);
    const twice = sequential([1, 1, 1], layer('UpSampling2D', {size: 2}));
    expect(await result(twice, [3], [1, 1, 1, 1])).toEqual([3, 3, 3, 3]);
    const wider = sequential([1, 2, 1], layer('UpSampling2D', {size: [1, 2], interpolation: 'bilinear'}));
    expect(await result(wider, [0, 4], [1, 1, 2, 1])).toEqual([0, 1, 3, 4]);
  });
});

describe('an activation with options', () => {
  const leaky = {module: 'keras.layers', class_name: 'LeakyReLU', config: {name: 'leaky', negative_slope: 0.5}};
  const dense = layer('Dense', {units: 2, activation: leaky});
  const weights: Weights = {
    dense: [
      [
        [1, 2],
        [1, -1],
      ],
      [[2], [0, 0]],
    ],
  };

  it('is a layer after its own: Sequential', async () => {
    expect(await result(sequential([1], dense), [4], [1, 1], weights)).toEqual([4, -2]);
  });

  it.each(['3.8.0', '2.11.0'])('is a layer after its own: Functional of Keras %s', async (version) => {
    const [{config: input}] = sequential([1]).config.layers;
    const tensor = {class_name: '__keras_tensor__', config: {keras_history: ['in', 0, 0]}};
    const calls = version.startsWith('3') ? [{args: [tensor], kwargs: {}}] : [[['in', 0, 0, {}]]];
    const layers = [
      {class_name: 'InputLayer', config: input, name: 'in', inbound_nodes: []},
      {...dense, name: 'dense', inbound_nodes: calls},
    ];
    const config = {layers, name: 'm', input_layers: [['in', 0, 0]], output_layers: [['dense', 0, 0]]};
    const attributes = {keras_version: version};
    expect(await result({class_name: 'Functional', config}, [4], [1, 1], weights, attributes)).toEqual([4, -2]);
  });
});

it('layers of ours train, and compile', async () => {
  const config = sequential(
    [6, 2],
    layer('GRU', {units: 3, reset_after: true, return_sequences: true}),
    layer('ZeroPadding1D', {padding: 1}),
    layer('GroupNormalization', {groups: 3}),
    layer('Conv1D', {filters: 3, kernel_size: [2], data_format: 'channels_first'}),
    layer('Flatten'),
    layer('Dense', {units: 2, activation: 'hard_silu'}),
  );
  const ones = (...shape: number[]): [number[], number[]] => {
    const size = shape.reduce((product, side) => product * side, 1);
    return [shape, Array.from({length: size}, (_, i) => Math.sin(i + 1) / 2)];
  };
  const model = await loadKeras(
    await file(config, {
      gru: [ones(2, 9), ones(3, 9), ones(2, 9)],
      groupnormalization: [ones(3), ones(3)],
      conv1d: [ones(2, 8, 3), ones(3)],
      dense: [ones(6, 2), ones(2)],
    }),
  );
  const values = Array.from({length: 12}, (_, i) => Math.cos(i));
  tidy(() => {
    const weights = model.trainableWeights.map((weight) => (weight as unknown as {val: Variable}).val);
    const {grads} = variableGrads(
      () => sum(model.apply(tensor(values, [1, 6, 2]), {training: true}) as Tensor),
      weights,
    );
    expect(Object.values(grads).length).toBe(weights.length);
  });
  const compiled = await compileModel(model, {batchSize: 1});
  expect(compiled.length).toBeGreaterThan(1000);
  discard(model);
}, 60_000);

describe('layers whose numbers would be others', () => {
  it('RandomCrop of a file of an earlier Keras, which resizes at inference, is refused', async () => {
    const config = sequential([6, 6, 1], layer('RandomCrop', {height: 4, width: 4}));
    await expect(loadKeras(await file(config, {}, {keras_version: '3.6.0'}))).rejects.toThrow(
      /RandomCrop "randomcrop": in a file of Keras before 3.15/,
    );
  });

  it('SpectralNormalization around a layer that makes a mask is refused', async () => {
    const inner = layer('Embedding', {input_dim: 3, output_dim: 2, mask_zero: true});
    const config = sequential([4], layer('SpectralNormalization', {layer: inner}));
    await expect(loadKeras(await file(config))).rejects.toThrow(
      /SpectralNormalization .* around a layer that makes a mask/,
    );
  });
});
