import 'mnist-wasm';
import {dispose, fill, getBackend, memory, setBackend} from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {lenet, mlp} from '../../../recipes';
import {switchBackend} from '../switch-backend';
import {openFromFiles} from '.';
import {writeModel} from './files';
import {assertFits} from './fit';
import {packModel, unpackModel} from './packed';
import {fileStem, titleOf} from './title';
import type {FileFormat} from './types';

beforeEach(async () => {
  await setBackend('mnist-wasm');
});

const made: tfl.LayersModel[] = [];
afterEach(() => {
  for (const model of made.splice(0)) model.dispose();
});

/** Disposed after the test. */
function own<T extends tfl.LayersModel>(model: T): T {
  made.push(model);
  return model;
}

function dense(inputShape: number[], units: number, activation?: 'softmax'): tfl.Sequential {
  const pixels = inputShape.reduce((a, b) => a * b);
  const {reshape, dense: denseLayer} = tfl.layers;
  return own(tfl.sequential({layers: [reshape({inputShape, targetShape: [pixels]}), denseLayer({units, activation})]}));
}

async function weightsOf(model: tfl.LayersModel): Promise<number[][]> {
  return Promise.all(model.getWeights().map(async (weight) => Array.from(await weight.data())));
}

describe('a model for digits', () => {
  it.each([[[28, 28, 1]], [[784]], [[28, 28]]])('may take images of %j', async (shape) => {
    await expect(assertFits(dense(shape, 10, 'softmax'), 'it')).resolves.toBeUndefined();
  });

  it('is told by what it takes and gives', async () => {
    await expect(assertFits(dense([32, 32, 1], 10, 'softmax'), 'big.h5')).rejects.toThrow(
      'big.h5 takes [[32,32,1]] and gives [[10]]: expected images of [28,28,1], [28,28] or [784], and 10 probabilities.',
    );
    await expect(assertFits(dense([784], 5, 'softmax'), 'it')).rejects.toThrow('gives [[5]]');
  });

  it('gives probabilities', async () => {
    await expect(assertFits(dense([784], 10), 'logits.h5')).rejects.toThrow('logits.h5 does not give probabilities');
    const broken = dense([784], 10, 'softmax');
    const weights = [fill([784, 10], Number.NaN), fill([10], 0)];
    broken.setWeights(weights);
    dispose(weights);
    await expect(assertFits(broken, 'it')).rejects.toThrow('NaN');
  });

  it('leaves nothing behind', async () => {
    const model = own(lenet(1));
    const before = memory().numTensors;
    await assertFits(model, 'it');
    expect(memory().numTensors).toBe(before);
  });
});

describe('files', () => {
  it.each(['keras', 'tfjs'] satisfies FileFormat[])('of %s bring back every weight', async (format) => {
    const model = own(lenet(3));
    const written = await writeModel(model, 'lenet', format);
    const files = written.map(({name, content}) => new File([content], name));
    // The order in which a browser hands them over is not told.
    const {model: read, note} = await openFromFiles(files.reverse());
    expect(await weightsOf(own(read))).toEqual(await weightsOf(model));
    expect(note).toEqual({title: written[0].name, choice: undefined, accuracy: undefined});
  });

  it('are told apart, and what is wrong with them', async () => {
    const [json, weights] = await writeModel(own(mlp(1)), 'mlp', 'tfjs');
    const file = (name: string, content: BlobPart) => new File([content], name);
    const open = (...files: File[]) => openFromFiles(files);
    await expect(open(file(json.name, json.content))).rejects.toThrow('choose mlp.weights.bin together with it');
    await expect(open(file(weights.name, weights.content))).rejects.toThrow('Choose one Keras file');
    await expect(open(file('a.h5', 'x'), file('b.h5', 'x'))).rejects.toThrow('got a.h5, b.h5');
    await expect(open(file('model.json', '{'))).rejects.toThrow('model.json is not JSON');
    await expect(open(file('package.json', '{}'))).rejects.toThrow('package.json is no model');
    await expect(open(file('model.json', '{"format":"graph-model"}'))).rejects.toThrow('a graph model');
    const cut = file(weights.name, weights.content.slice(0, 1000));
    await expect(open(file(json.name, json.content), cut)).rejects.toThrow('mlp.json cannot be loaded');
  });

  it('that do not fit leave nothing behind', async () => {
    const [json, weights] = await writeModel(dense([784], 5, 'softmax'), 'five', 'tfjs');
    const before = memory().numTensors;
    const files = [json, weights].map(({name, content}) => new File([content], name));
    await expect(openFromFiles(files)).rejects.toThrow('five.json takes [[784]] and gives [[5]]');
    expect(memory().numTensors).toBe(before);
  });

  it('are named after the recipe, or after the file that the model came from', () => {
    const choice = {recipe: 'mlp', model: 'l2'};
    expect(titleOf(choice)).toBe('MLP, with L2');
    expect(fileStem({choice, title: titleOf(choice)})).toBe('mlp-l2');
    expect(fileStem({choice: undefined, title: 'my model (2).h5'})).toBe('my-model-2');
    expect(fileStem({choice: undefined, title: '数字'})).toBe('model');
  });
});

it('a model packed for another worker has the same weights', async () => {
  const model = own(mlp(2));
  expect(await weightsOf(own(await unpackModel(await packModel(model))))).toEqual(await weightsOf(model));
});

describe('switching the backend', () => {
  it('takes the weights along', async () => {
    const model = own(lenet(4));
    const before = await weightsOf(model);
    const tensors = memory().numTensors;
    expect(await switchBackend(model, 'cpu')).toEqual({name: 'cpu', featureLevel: undefined});
    expect(getBackend()).toBe('cpu');
    expect(await weightsOf(model)).toEqual(before);
    expect((await switchBackend(model, 'mnist-wasm')).featureLevel).toMatch(/^(simd|relaxed)$/);
    expect(await weightsOf(model)).toEqual(before);
    expect(memory().numTensors).toBe(tensors);
  });
});
