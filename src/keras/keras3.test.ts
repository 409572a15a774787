import {setBackend, tidy, zeros} from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {KerasError, loadKeras, loadKerasWeights, saveKerasH5} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it} from 'vitest';
import {bitsOf, differenceFromKeras, discard, fixture} from './fixtures/files';

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

it.each(['keras', 'h5'])('names all that tfjs-layers lacks, at once: .%s', async (ending) => {
  const error = await loadKeras(fixture(`unsupported.${ending}`)).catch((reason) => reason);
  expect(error).toBeInstanceOf(KerasError);
  expect(error.unsupported.map(({className, name}: {className: string; name: string}) => [className, name])).toEqual([
    ['Conv2D', 'grouped'],
    ['UpSampling2D', 'smooth'],
    ['Dense', 'growth'],
    ['Dense', 'hard'],
    ['GroupNormalization', 'groups'],
    ['GRU', 'gru'],
  ]);
  expect(error.message).toContain('Conv2D "grouped": groups: 2 (only 1)');
  expect(error.message).toContain('activation "exponential": tfjs-layers has no such activation');
  expect(error.message).toContain('reset_after');
});
