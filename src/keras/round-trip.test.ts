import {setBackend, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {input, layers as L, type LayersModel, model as modelOf, sequential} from '@tensorflow/tfjs-layers';
import {strToU8, zipSync} from 'fflate';
import 'mnist-wasm';
import {loadKeras, loadKerasWeights, saveKerasH5} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it} from 'vitest';
import {bitsOf, hdf5, inHdf5} from './fixtures/files';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

function small(): LayersModel {
  return sequential({
    name: 'small',
    layers: [
      L.conv2d({inputShape: [6, 6, 2], filters: 3, kernelSize: 3, name: 'conv', kernelConstraint: 'unitNorm'}),
      L.batchNormalization({name: 'bn', trainable: false}),
      L.flatten({name: 'flat'}),
      L.dense({units: 2, name: 'out', activation: 'softmax', kernelRegularizer: 'l1l2'}),
    ],
  });
}

function recurrent(): LayersModel {
  // Not the default initializer, which needs chained operations.
  const cell = {units: 3, recurrentInitializer: 'glorotUniform', recurrentActivation: 'sigmoid'} as const;
  const words = input({shape: [5], name: 'words'});
  const x = L.embedding({inputDim: 7, outputDim: 4, name: 'embedding'}).apply(words);
  const both = L.bidirectional({layer: L.lstm({...cell, returnSequences: true}) as never, name: 'both'}).apply(x);
  const shared = L.dense({units: 3, name: 'shared'});
  const each = L.timeDistributed({layer: shared, name: 'each'}).apply(both);
  const inner = sequential({name: 'inner', layers: [L.gru({...cell, inputShape: [5, 3], name: 'gru'}) as never]});
  const last = inner.apply(each) as never;
  const score = L.dense({units: 1, name: 'score'}).apply(L.concatenate({name: 'join'}).apply([last, last]));
  return modelOf({inputs: words, outputs: [score as never, last], name: 'recurrent'});
}

/** Sets weights to bit patterns that arithmetic would not keep: a NaN with a payload, -0, a denormal. */
function setOddBits(model: LayersModel): void {
  const odd = new Float32Array(new Uint32Array([0x7fc12345, 0x80000000, 0x00000001, 0x3f800001]).buffer);
  for (const weight of model.weights) {
    const size = weight.shape.reduce<number>((product, side) => product * (side as number), 1);
    // A constraint would change them here.
    (weight as {constraint: unknown}).constraint = null;
    tidy(() => {
      weight.write(
        tensor(
          Float32Array.from({length: size}, (_, i) => odd[i % 4]),
          weight.shape as number[],
        ),
      );
    });
  }
}

describe.each([
  ['Sequential', small],
  ['Functional', recurrent],
])('a %s model', (_, make) => {
  it('comes back with its structure and every bit', async () => {
    const model = make();
    for (const odd of [false, true]) {
      if (odd) setOddBits(model);
      const again = await loadKeras(await saveKerasH5(model));
      expect(again.toJSON()).toBe(model.toJSON());
      expect(again.weights.map(({originalName}) => originalName)).toEqual(
        model.weights.map(({originalName}) => originalName),
      );
      expect(bitsOf(again)).toEqual(bitsOf(model));
      again.dispose();
    }
    model.dispose();
  });

  it('lends its weights to another of its kind, whatever the names', async () => {
    const model = make();
    const other = await loadKeras(await saveKerasH5(make === small ? renamed(model) : model));
    const target = make();
    await loadKerasWeights(target, await saveKerasH5(other));
    expect(bitsOf(target)).toEqual(bitsOf(other));
    for (const one of [model, other, target]) one.dispose();
  });
});

/** The same layers under names that sort otherwise. */
function renamed(model: LayersModel): LayersModel {
  for (const [i, layer] of model.layers.entries()) layer.name = `z${9 - i}`;
  return model;
}

it('keeps calls that overlap apart, and leaves no files behind', async () => {
  const models = [small(), small(), small()];
  const files = await Promise.all(models.map((model) => saveKerasH5(model)));
  const again = await Promise.all(files.map((file) => loadKeras(file.slice().buffer)));
  expect(again.map(bitsOf)).toEqual(models.map(bitsOf));
  for (const model of [...models, ...again]) model.dispose();
});

it('writes what Keras looks for', async () => {
  const model = small();
  const found = await inHdf5(await saveKerasH5(model), (root) => {
    const group = root.get('model_weights') as typeof root;
    const conv = group.get('conv') as typeof root;
    const config = JSON.parse(root.attrs.model_config.value as string);
    return {
      attributes: [root.attrs.keras_version.value, root.attrs.backend.value],
      layers: group.attrs.layer_names.value,
      weights: [conv.attrs.weight_names.value, conv.attrs.weight_names.metadata.vlen],
      none: (group.get('flat') as typeof root).attrs.weight_names.shape,
      first: config.config.layers[0],
      second: config.config.layers[1].class_name,
    };
  });
  expect(found).toEqual({
    attributes: ['2.4.0', 'tensorflow'],
    layers: ['conv', 'bn', 'flat', 'out'],
    weights: [['conv/kernel:0', 'conv/bias:0'], false],
    none: [0],
    first: {
      class_name: 'InputLayer',
      config: {
        batch_input_shape: [null, 6, 6, 2],
        dtype: 'float32',
        sparse: false,
        ragged: false,
        name: 'conv_input',
      },
    },
    second: 'Conv2D',
  });
  model.dispose();
});

it('spreads lists over several attributes where HDF5 would find one too long', async () => {
  const long = 'n'.repeat(900);
  const layers = Array.from({length: 100}, (_, i) =>
    L.dense({units: 1, inputShape: i === 0 ? [1] : undefined, name: `${long}${i}`}),
  );
  const model = sequential({layers});
  const again = await loadKeras(await saveKerasH5(model));
  expect(bitsOf(again)).toEqual(bitsOf(model));
  model.dispose();
  again.dispose();
});

it('refuses to save hard_sigmoid for Keras 3, which computes it otherwise', async () => {
  const model = sequential({layers: [L.dense({units: 1, inputShape: [2], activation: 'hardSigmoid', name: 'gate'})]});
  await expect(saveKerasH5(model, {keras: 3})).rejects.toThrow(/"gate" is hard_sigmoid/);
  const again = await loadKeras(await saveKerasH5(model));
  expect(bitsOf(again)).toEqual(bitsOf(model));
  model.dispose();
  again.dispose();
});

it('reads a .keras file of Keras 2.12 to 2.15: deflated, and its layers under another name', async () => {
  const kernel = Float32Array.from([1, 2, 3, 4, 5, 6]);
  const weights = await hdf5((root) => {
    const dense = root.create_group('_layer_checkpoint_dependencies').create_group('dense');
    dense.create_group('vars').create_dataset({name: '0', data: kernel, shape: [3, 2], dtype: '<f4'});
  });
  const dense = {class_name: 'Dense', config: {name: 'd', units: 2, use_bias: false, batch_input_shape: [null, 3]}};
  const config = {class_name: 'Sequential', config: {name: 's', layers: [dense]}};
  const file = zipSync({
    'metadata.json': strToU8('{"keras_version": "2.13.1"}'),
    'config.json': strToU8(JSON.stringify(config)),
    'model.weights.h5': weights,
  });
  const model = await loadKeras(file);
  const predicted = tidy(() => Array.from((model.predict(tensor([[1, 1, 1]])) as Tensor).dataSync()));
  expect(predicted).toEqual([9, 12]);
  model.dispose();
});
