import {memory, setBackend} from '@tensorflow/tfjs-core';
import {layers as L, sequential} from '@tensorflow/tfjs-layers';
import {strToU8, zipSync} from 'fflate';
import 'mnist-wasm';
import {KerasError, loadKeras, loadKerasWeights, saveKerasH5} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it, vi} from 'vitest';
import {bitsOf, fixture, hdf5} from './fixtures/files';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

const text = (value: string) => strToU8(value);
const zip = (...names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, text('x')])));

describe('a file that is no model of Keras', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(0), /an empty file/],
    ['a model.json', text('{"modelTopology": {}}'), /a model\.json of TensorFlow\.js/],
    ['HTML', text('<!DOCTYPE html>'), /HTML/],
    ['gzip', Uint8Array.from([0x1f, 0x8b, 8, 0]), /gzip data/],
    ['an LFS pointer', text('version https://git-lfs.github.com/spec/v1'), /Git LFS/],
    ['TensorFlow Lite', text('\0\0\0\0TFL3'), /TensorFlow Lite/],
    ['noise', Uint8Array.from([1, 2, 3]), /3 bytes that begin with 01 02 03/],
    ['a SavedModel', zip('model/saved_model.pb', 'model/variables/variables.index'), /SavedModel of TensorFlow/],
    ['PyTorch', zip('archive/data.pkl'), /PyTorch/],
    ['NumPy', zip('a.npy', 'b.npy'), /NumPy/],
    ['another zip', zip('readme.txt'), /one with readme\.txt/],
  ])('is told for what it is: %s', async (_, bytes, message) => {
    const error = await loadKeras(bytes).catch((reason) => reason);
    expect(error).toBeInstanceOf(KerasError);
    expect(error.message).toMatch(message);
  });

  it.each<[unknown, RegExp]>([
    ['model.h5', /the string 'model\.h5'/],
    [undefined, /got undefined/],
    [{}, /got an object with nothing in it/],
  ])('is told for what it is: %s in place of bytes', async (given, message) => {
    await expect(loadKeras(given as Uint8Array)).rejects.toThrow(KerasError);
    await expect(loadKeras(given as Uint8Array)).rejects.toThrow(message);
  });

  it('is told for what it is: HDF5', async () => {
    const other = await hdf5((root) => root.create_group('measurements'));
    await expect(loadKeras(other)).rejects.toThrow(/without model_config.*it holds measurements/);
    await expect(loadKeras(fixture('convolutions.weights.h5'))).rejects.toThrow(/weights only.*loadKerasWeights/);
  });

  it('is told for what it is: a class of its own', async () => {
    const config = JSON.stringify({class_name: 'MyModel', config: {}});
    const file = await hdf5((root) => root.create_attribute('model_config', config));
    await expect(loadKeras(file)).rejects.toThrow(/of the class MyModel/);
  });
});

describe('a damaged file', () => {
  it.each(['convolutions.keras', 'convolutions.h5'])('is one clear error, and nothing is printed: %s', async (name) => {
    const printed = vi.spyOn(console, 'error');
    const whole = fixture(name);
    const {numTensors} = memory();
    for (const length of [9, 500, whole.length >> 1, whole.length - 1000]) {
      const error = await loadKeras(whole.slice(0, length)).catch((reason) => reason);
      expect(error, `${length} bytes`).toBeInstanceOf(KerasError);
      expect(error.message).toMatch(/truncated or damaged/);
      expect(error.message).not.toContain('\n');
    }
    const overwritten = whole.slice().fill(0xff, 600, 9000);
    await expect(loadKeras(overwritten)).rejects.toBeInstanceOf(KerasError);
    expect(memory().numTensors).toBe(numTensors);
    expect(printed).not.toHaveBeenCalled();
    // The library is as good as before.
    (await loadKeras(whole)).dispose();
  });
});

describe('weights that do not fit', () => {
  const make = (units: number, extra = false) =>
    sequential({
      layers: [
        L.dense({units: 3, inputShape: [2], name: 'a'}),
        L.dense({units, name: 'b'}),
        ...(extra ? [L.dense({units: 1, name: 'c'})] : []),
      ],
    });

  it.each([
    ['another shape', make.bind(null, 4), /b\/b\/kernel:0 is \[3,4\], .*is \[3,5\]/],
    ['a layer more', make.bind(null, 5, true), /weights for 3 layers \(a, b, c\), the model has 2 layers/],
  ])('leave the model as it was: %s', async (_, other, message) => {
    const source = other();
    const target = make(5);
    const before = bitsOf(target);
    await expect(loadKerasWeights(target, await saveKerasH5(source))).rejects.toThrow(message);
    expect(bitsOf(target)).toEqual(before);
    source.dispose();
    target.dispose();
  });

  it('leave nothing of a model that was to be loaded', async () => {
    const source = make(5);
    const file = await saveKerasH5(source);
    // The name of the last layer where the weights are, and there only.
    const at = Buffer.from(file).lastIndexOf('b/kernel:0');
    const broken = file.slice();
    broken[at] = 'x'.charCodeAt(0);
    const {numTensors} = memory();
    await expect(loadKeras(broken)).rejects.toThrow(KerasError);
    expect(memory().numTensors).toBe(numTensors);
    source.dispose();
  });

  it("leave the model as it was: Keras 3's layout", async () => {
    const target = make(5);
    const before = bitsOf(target);
    const file = (shapes: [string, number, number[]][]) =>
      hdf5((root) => {
        const container = root.create_group('layers');
        for (const [name, count, shape] of shapes) {
          const vars = container.create_group(name).create_group('vars');
          const size = shape.reduce((product, side) => product * side, 1);
          const data = new Float32Array(size).fill(1);
          vars.create_dataset({name: '0', data, shape, dtype: '<f4'});
          if (count > 1) vars.create_dataset({name: '1', data: data.slice(-shape[1]), shape: [shape[1]], dtype: '<f4'});
        }
      });
    const first = ['dense', 2, [2, 3]] as [string, number, number[]];
    const missing = await file([first]);
    await expect(loadKerasWeights(target, missing)).rejects.toThrow(
      /Dense "b": expected them at layers\/dense_1\/vars\/0/,
    );
    const more = await file([first, ['dense_1', 2, [3, 5]], ['dense_2', 1, [1, 1]]]);
    await expect(loadKerasWeights(target, more)).rejects.toThrow(/no place for:\n {2}layers\/dense_2\/vars\/0/);
    const shaped = await file([first, ['dense_1', 2, [3, 4]]]);
    await expect(loadKerasWeights(target, shaped)).rejects.toThrow(/is \[3,4\]/);
    expect(bitsOf(target)).toEqual(before);
    await loadKerasWeights(target, await file([first, ['dense_1', 2, [3, 5]]]));
    expect(bitsOf(target)).not.toEqual(before);
    target.dispose();
  });
});
