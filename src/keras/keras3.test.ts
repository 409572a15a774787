import {setBackend, tidy, zeros} from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {KerasError, loadKeras, loadKerasWeights, saveKerasH5} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it} from 'vitest';
import {bitsOf, differenceFromKeras, discard, fixture, hdf5} from './fixtures/files';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

describe.each(['convolutions', 'branches'])('what Keras 3 saved: %s', (name) => {
  it.each(['keras', 'h5'])('loads from .%s and predicts what it did in Keras', async (ending) => {
    const model = await loadKeras(fixture(`${name}.${ending}`));
    expect(differenceFromKeras(model, name)).toBeLessThan(2e-6);
    discard(model);
  });

  it('has the same weights in all three files', async () => {
    const model = await loadKeras(fixture(`${name}.keras`));
    const bits = bitsOf(model);
    for (const file of [`${name}.weights.h5`, `${name}.h5`, `${name}.keras`]) {
      for (const weight of model.weights) {
        tidy(() => {
          weight.write(zeros(weight.shape as number[]));
        });
      }
      expect(bitsOf(model)).not.toEqual(bits);
      await loadKerasWeights(model, fixture(file));
      expect(bitsOf(model), file).toEqual(bits);
    }
    discard(model);
  });

  it.each([2, 3] as const)('goes through a file for Keras %i unchanged', async (keras) => {
    const model = await loadKeras(fixture(`${name}.keras`));
    const again = await loadKeras(await saveKerasH5(model, {keras}));
    expect(bitsOf(again)).toEqual(bitsOf(model));
    expect(again.toJSON()).toBe(model.toJSON());
    expect(differenceFromKeras(again, name)).toBeLessThan(2e-6);
    discard(model);
    discard(again);
  });
});

it.each(['keras', 'h5'])('is compiled as the .%s file tells', async (ending) => {
  const model = await loadKeras(fixture(`convolutions.${ending}`));
  expect(model.loss).toBe('sparseCategoricalCrossentropy');
  expect(model.metrics).toEqual(['accuracy']);
  const {learningRate, decay} = model.optimizer.getConfig() as Record<string, number>;
  expect(model.optimizer.getClassName()).toBe('RMSProp');
  expect([learningRate, decay].map((value) => Number(value.toFixed(6)))).toEqual([0.002, 0.8]);
  model.dispose();
});

it.each(['keras', 'h5'])('loads what tfjs-layers lacks: .%s', async (ending) => {
  const model = await loadKeras(fixture(`unsupported.${ending}`));
  expect(
    model.layers.map((layer) => layer.getClassName()).filter((name) => !/^(InputLayer|Dense)$/.test(name)),
  ).toEqual(['KerasConv2D', 'KerasUpSampling2D', 'GroupNormalization', 'KerasReshape', 'KerasRNN']);
  discard(model);
});

it('names all that is not supported, at once', async () => {
  const layers = [
    {class_name: 'InputLayer', config: {name: 'in', batch_shape: [null, 4, 4, 1]}},
    {class_name: 'Resizing', config: {name: 'far', height: 2, width: 2, interpolation: 'lanczos5'}},
    {class_name: 'Lambda', config: {name: 'code'}},
    {class_name: 'Dense', config: {name: 'half', units: 1, dtype: 'float16'}},
    {class_name: 'MelSpectrogram', config: {name: 'sound'}},
  ];
  const config = JSON.stringify({class_name: 'Sequential', config: {name: 'model', layers}});
  const file = await hdf5((root) => {
    root.create_attribute('keras_version', '3.15.1');
    root.create_attribute('model_config', config);
  });
  const error = await loadKeras(file).catch((reason) => reason);
  expect(error).toBeInstanceOf(KerasError);
  expect(error.unsupported.map(({className, name}: {className: string; name: string}) => [className, name])).toEqual([
    ['Resizing', 'far'],
    ['Lambda', 'code'],
    ['Dense', 'half'],
    ['MelSpectrogram', 'sound'],
  ]);
  expect(error.message).toContain('Resizing "far": interpolation: "lanczos5" (only "bilinear" or "nearest")');
  expect(error.message).toContain('Lambda "code": its Python code cannot run here');
});
