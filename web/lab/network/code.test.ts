import 'mnist-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as h5wasm from 'h5wasm';
import {saveKerasH5} from 'mnist-wasm/keras';
import {beforeEach, describe, expect, it} from 'vitest';
import {createOptimizer, LEARNING_RATES} from '../../../recipes';
import {runModule} from '../../../test/child';
import {OPTIMIZER_CALLS} from '../../network/calls';
import {kerasCode} from '../../network/code/keras';
import {tfjsCode} from '../../network/code/tfjs';
import {type NetworkSpec, OPTIMIZERS} from '../../network/spec';
import {buildNetwork} from './build';

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

const SPEC: NetworkSpec = {
  name: 'every layer',
  layers: [
    {kind: 'conv2d', filters: 16, kernel: 5, stride: 3, padding: 'same', activation: 'elu'},
    {kind: 'batchNormalization'},
    {kind: 'maxPooling', size: 2, stride: 1, padding: 'same'},
    {kind: 'averagePooling', size: 3, stride: 2, padding: 'valid'},
    {kind: 'conv2d', filters: 16, kernel: 2, stride: 1, padding: 'valid', activation: 'linear'},
    {kind: 'activation', activation: 'relu'},
    {kind: 'flatten'},
    {kind: 'dense', units: 64, activation: 'tanh', l2: 0.002},
    {kind: 'dropout', rate: 0.05},
  ],
  training: {optimizer: 'adam', learningRate: 0.01, schedule: 'linear', batchSize: 200, l2: 0.0001},
};

/** Of the other kind of optimizer, whose rate stays. */
const PLAIN: NetworkSpec = {
  ...SPEC,
  training: {...SPEC.training, optimizer: 'momentum', learningRate: 0.05, schedule: 'constant'},
};

describe('the code for TensorFlow.js', () => {
  it.each([SPEC, PLAIN])(
    'runs in Node and learns the built-in digits: $training.optimizer',
    {timeout: 120_000},
    async (spec) => {
      // Neither MNIST of this machine.
      const env = {MNIST_DIR: '', XDG_CACHE_HOME: '/nowhere', LOCALAPPDATA: '/nowhere', HOME: '/nowhere'};
      const {code, stdout, stderr} = await runModule(tfjsCode(spec), {env});
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(stdout).toContain('synthetic');
      // Its weights and the order of its batches are drawn anew each time: 0.90 to 0.96 in eight runs by adam.
      expect(Number(/accuracy ([\d.]+)\s*$/.exec(stdout)?.[1]), stdout).toBeGreaterThan(0.85);
    },
  );

  it.each(OPTIMIZERS)('has the optimizer %s as the recipes have it', (name) => {
    const {tfjs, options, learningRate} = OPTIMIZER_CALLS[name];
    expect(learningRate).toBe(LEARNING_RATES[name]);
    const create = tf.train[tfjs as 'adam'] as (...values: number[]) => tf.Optimizer;
    const [ours, theirs] = [create(0.02, ...options), createOptimizer({name, learningRate: 0.02})];
    expect(ours.getClassName()).toBe(theirs.getClassName());
    expect(ours.getConfig()).toEqual(theirs.getConfig());
    for (const optimizer of [ours, theirs]) {
      optimizer.dispose();
      // tfjs's momentum leaves this behind.
      (optimizer as unknown as {c?: tf.Scalar}).c?.dispose();
    }
  });
});

/** Layers of Keras code as class_name and config, of its calls `layers.Name(a=1, ...)`. */
function layersOf(python: string) {
  return [...python.matchAll(/^ {4}layers\.(\w+)\((.*)\),$/gm)].map(([, class_name, text]) => {
    const values = [...text.matchAll(/(\w+)=(regularizers\.L2\([^)]*\)|[^,]+)/g)].map(([, key, value]) => [
      key,
      value.startsWith('regularizers')
        ? {class_name: 'L2', config: {l2: Number(value.slice('regularizers.L2('.length, -1))}}
        : JSON.parse(value),
    ]);
    return {class_name, config: Object.fromEntries(values)};
  });
}

/** A layer's configuration, of those options that the code has, or that would change what it computes. */
function plain(config: Record<string, unknown>): Record<string, unknown> {
  const one = (value: unknown) => (Array.isArray(value) && value.every((n) => n === value[0]) ? value[0] : value);
  const {kernel_regularizer: regularizer} = config as {kernel_regularizer?: {config: {l2: number}} | null};
  const left = ['filters', 'kernel_size', 'padding', 'activation', 'units', 'rate', 'pool_size'];
  const strides = config.strides === undefined ? {} : {strides: one(config.strides)};
  return {
    ...Object.fromEntries(left.filter((key) => config[key] !== undefined).map((key) => [key, one(config[key])])),
    ...strides,
    ...(regularizer && {l2: regularizer.config.l2}),
  };
}

describe('the code for Keras', () => {
  it('has the layers of the file that the model is saved as for Keras', async () => {
    const model = buildNetwork(SPEC, 1);
    const bytes = await saveKerasH5(model);
    model.dispose();
    const {FS} = await h5wasm.ready;
    FS.writeFile('/model.h5', bytes);
    const file = new h5wasm.File('/model.h5', 'r');
    const {config} = JSON.parse(file.attrs.model_config.value as string);
    file.close();
    const [input, ...saved] = config.layers as {class_name: string; config: Record<string, unknown>}[];
    const code = kerasCode(SPEC);
    expect(code).toContain('keras.Input(shape=(28, 28, 1))');
    expect(input.config.batch_input_shape).toEqual([null, 28, 28, 1]);
    const written = layersOf(code);
    // Where the code does not say it, Keras's default is meant.
    const defaults = (name: string) => (name === 'Conv2D' ? {strides: 1} : {});
    expect(written.map(({class_name, config}) => [class_name, plain({...defaults(class_name), ...config})])).toEqual(
      saved.map(({class_name, config}) => [class_name, plain(config)]),
    );
    // What the code leaves to Keras's defaults is what the model has.
    expect(saved.filter(({class_name}) => class_name === 'BatchNormalization')[0].config).toMatchObject({
      axis: -1,
      momentum: 0.99,
      epsilon: 0.001,
      center: true,
      scale: true,
    });
    for (const {class_name, config} of saved) {
      if (/Conv2D|Dense/.test(class_name)) expect(config).toMatchObject({use_bias: true});
      if (class_name === 'Conv2D') expect(config).toMatchObject({dilation_rate: [1, 1], data_format: 'channels_last'});
    }
  });

  it('trains as the network says', () => {
    expect(kerasCode(SPEC)).toContain('optimizer=optimizers.Adam(learning_rate=learning_rate),');
    expect(kerasCode(SPEC)).toContain('PolynomialDecay(0.01, decay_steps=steps, end_learning_rate=0.0)');
    expect(kerasCode(PLAIN)).toContain('optimizer=optimizers.SGD(learning_rate=0.05, momentum=0.9),');
    expect(kerasCode(PLAIN)).not.toContain('PolynomialDecay');
  });
});
