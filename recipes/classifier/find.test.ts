import 'mnist-wasm';
import {setBackend} from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import {afterEach, beforeAll, describe, expect, it} from 'vitest';
import {findPreparation} from './find';
import {
  disposeOwned,
  flat,
  found,
  inputOf,
  own,
  test,
  trainOn,
  trainUsual,
  type Weights,
  withWeights,
} from './fixtures/models';
import {type Polarity, type ScaleName, USUAL_SCALING} from './scaling';

afterEach(disposeOwned);

let usual: Weights;
beforeAll(async () => {
  await setBackend('mnist-wasm');
  usual = await trainUsual();
}, 120_000);

describe('a scaling', () => {
  const cases: [ScaleName, Polarity][] = [
    ['0..1', 'white-on-black'],
    ['0..1', 'black-on-white'],
    ['0..255', 'white-on-black'],
    ['-1..1', 'white-on-black'],
    ['centred', 'white-on-black'],
    ['standardised', 'white-on-black'],
  ];

  it.each(cases)('of %s, %s is found, in spite of others', {timeout: 120_000}, async (scale, polarity) => {
    const {dense} = tf.layers;
    const range = scale === '0..255' ? 255 : 1;
    const kernelInitializer = tf.initializers.randomNormal({stddev: 0.03 / range, seed: 1});
    const layers = [
      dense({inputShape: [784], units: 32, activation: 'relu', kernelInitializer}),
      dense({units: 10, activation: 'softmax', kernelInitializer: tf.initializers.glorotUniform({seed: 2})}),
    ];
    const model = own(tf.sequential({layers}));
    // Bright inputs of all the paper train slower.
    const [rate, epochs] = polarity === 'black-on-white' ? [0.001, 40] : [0.003, 25];
    await trainOn(model, 'categoricalCrossentropy', range === 1 ? rate : rate / 100, {scale, polarity}, epochs);
    const {classifier, accuracy, images} = await findPreparation(model, inputOf(model), test);
    expect(images).toBe(1000);
    expect(accuracy).toBeGreaterThan(0.85);
    expect(classifier.preparation).toEqual({scale, polarity, fit: 'same'});
    const forced = await findPreparation(model, inputOf(model), test, {scale: 'binary', polarity: 'white-on-black'});
    expect(forced.classifier.preparation.scale).toBe('binary');
  });

  it('that is a part of the model is found to be 0..255', async () => {
    const kernel = usual[0].map((weight) => weight / 255);
    const model = withWeights([kernel, usual[1]], flat([28, 28, 1]));
    expect((await found(model)).preparation).toMatchObject({scale: '0..255', polarity: 'white-on-black'});
  });

  it('stays the usual one for a model that reads nothing', async () => {
    const nothing: Weights = [new Float32Array(7840), new Float32Array(10)];
    expect((await found(withWeights(nothing, flat([784])))).preparation).toMatchObject(USUAL_SCALING);
    const random = own(
      tf.sequential({
        layers: [
          tf.layers.dense({
            inputShape: [784],
            units: 10,
            activation: 'softmax',
            kernelInitializer: tf.initializers.glorotNormal({seed: 3}),
          }),
        ],
      }),
    );
    expect((await found(random)).preparation).toMatchObject(USUAL_SCALING);
  });
});
