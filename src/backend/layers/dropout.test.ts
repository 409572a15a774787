/** The layer Dropout where its mask is drawn by this backend: as tfjs-layers and tf.dropout have it. */
import '@tensorflow/tfjs-backend-cpu';
import 'mnist-wasm';
import {createRequire} from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';

const {layers} = tfLayers;
type Layer = tfLayers.layers.Layer;
type DropoutArgs = Parameters<typeof layers.dropout>[0];

beforeEach(async () => {
  await tf.setBackend('mnist-wasm');
});

afterEach(() => {
  vi.restoreAllMocks();
});

const classes = tf.serialization.SerializationMap.getMap().classNameMap;
const SIZE = 6000;
const SHAPE = [20, 30, 10];
const SPECIAL = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, -1, 1e-45, 3e38];

const bits = (tensor: tf.Tensor) => [...new Uint32Array(tensor.dataSync<'float32'>().slice().buffer)];
const values = (seed: number) =>
  tf.concat([tf.tensor(SPECIAL), tf.randomNormal([SIZE - SPECIAL.length], 0, 1, 'float32', seed)]);
const input = (seed = 1) => tf.reshape(values(seed), SHAPE);
const train = (layer: Layer, x: tf.Tensor) => layer.apply(x, {training: true}) as tf.Tensor;

/** The kernels that a call runs. */
async function kernelsOf(run: () => tf.Tensor): Promise<string[]> {
  const {kernelNames, result} = await tf.profile(run);
  (result as tf.Tensor).dispose();
  return kernelNames;
}

describe('the layer Dropout', () => {
  it.for<[string, DropoutArgs]>([
    ['a seed', {rate: 0.25, seed: 3}],
    ['a seed of 0', {rate: 0.25, seed: 0}],
    ['a negative seed that is no whole number', {rate: 0.9, seed: -2.5}],
    ['noise of its own shape', {rate: 0.5, seed: 4, noiseShape: SHAPE}],
    ['noise for whole rows', {rate: 0.5, seed: 5, noiseShape: [20, 1, 10]}],
    ['noise of a shape that is left open', {rate: 0.5, seed: 6, noiseShape: [null, 30, 1] as number[]}],
    ['noise of a lower rank', {rate: 0.5, seed: 6, noiseShape: [30, 10]}],
    ['hardly a rate', {rate: 1e-9, seed: 7}],
    ['a rate of almost 1', {rate: 1 - 1e-9, seed: 8}],
  ])('has the bits of tf.dropout with %s, and of its gradient', ([, args]) => {
    tf.tidy(() => {
      const [x, dy] = [input(1), input(2)];
      const layer = layers.dropout(args);
      const shape = args.noiseShape?.map((size, i) => size ?? SHAPE[i]);
      const expected = tf.valueAndGrad((t: tf.Tensor) => tf.dropout(t, args.rate, shape, args.seed))(x, dy);
      const actual = tf.valueAndGrad((t: tf.Tensor) => train(layer, t))(x, dy);
      expect(bits(actual.value)).toEqual(bits(expected.value));
      expect(bits(actual.grad)).toEqual(bits(expected.grad));
    });
  });

  it('takes one number of Math.random where it has no seed, as tf.dropout', () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.123456789);
    tf.tidy(() => {
      const x = input();
      const actual = bits(train(layers.dropout({rate: 0.5}), x));
      expect(random).toHaveBeenCalledTimes(1);
      expect(actual).toEqual(bits(tf.dropout(x, 0.5)));
    });
  });

  it('draws by the kernel in training, and passes its input in inference', async () => {
    const x = tf.ones(SHAPE);
    const layer = layers.dropout({rate: 0.5, seed: 1});
    expect(await kernelsOf(() => train(layer, x))).toEqual(['DropoutMask', 'Multiply']);
    for (const kwargs of [{}, {training: false}, {training: null}]) {
      expect(await kernelsOf(() => layer.apply(x, kwargs) as tf.Tensor)).toEqual(['Identity']);
    }
    expect(await kernelsOf(() => train(layers.spatialDropout1d({rate: 0.5}), x))).toContain('DropoutMask');
    x.dispose();
  });

  it('draws as tfjs does on another backend', async () => {
    await tf.setBackend('cpu');
    const x = tf.ones(SHAPE);
    const layer = layers.dropout({rate: 0.5, seed: 1});
    expect(await kernelsOf(() => train(layer, x))).not.toContain('DropoutMask');
    x.dispose();
  });

  it.for([0.125, 1e-9, 0])('calls its hook once, which may change the rate to %d', (rate) => {
    tf.tidy(() => {
      const layer = layers.dropout({rate: 0.5, seed: 1});
      const x = input();
      const hook = vi.fn(() => Object.assign(layer, {rate}));
      (layer as unknown as {setCallHook(hook: () => void): void}).setCallHook(hook);
      const y = train(layer, x);
      expect(hook.mock.calls).toEqual([[x, {training: true}]]);
      expect(bits(y)).toEqual(bits(tf.dropout(x, rate, undefined, 1)));
    });
  });

  it('passes rates of 0 and 1, lists, and symbolic tensors as before', () => {
    tf.tidy(() => {
      const x = input();
      for (const rate of [-1, 0, 1, 2]) expect(bits(train(layers.dropout({rate}), x))).toEqual(bits(x));
      const layer = layers.dropout({rate: 0.5, seed: 1});
      const list = layer.apply([x], {training: true}) as tf.Tensor;
      expect(bits(list)).toEqual(bits(tf.dropout(x, 0.5, undefined, 1)));
      expect(() => layer.apply([x, x], {training: true})).toThrow(/Expected Tensor length to be 1/);
      expect(() => train(layer, tf.ones([3], 'int32'))).toThrow(/x has to be a floating point tensor/);
      expect(() => train(layers.dropout({rate: 0.5, noiseShape: [20, 7, 10]}), x)).toThrow(/could not be broadcast/);
    });
    const symbolic = tfLayers.input({shape: [4]});
    expect((layers.dropout({rate: 0.5}).apply(symbolic) as tfLayers.SymbolicTensor).shape).toEqual([null, 4]);
  });

  it('draws 3 million numbers of 300 seeds as tf.dropout does', () => {
    tf.tidy(() => {
      const x = tf.ones([10_007]);
      const drawn = (seed: number) =>
        tf.tidy(() => {
          const rate = 0.05 + (seed % 90) / 100;
          const args = {rate, seed: seed % 2 ? seed : seed / 7};
          const isSame = tf.equal(train(layers.dropout(args), x), tf.dropout(x, rate, undefined, args.seed));
          return tf.all(isSame).dataSync()[0] === 1;
        });
      expect(Array.from({length: 300}, (_, seed) => seed).filter((seed) => !drawn(seed))).toEqual([]);
    });
  });
});

describe('of the classes under the name Dropout', () => {
  const registered = classes.Dropout;

  afterEach(() => {
    classes.Dropout = registered;
  });

  it('that of a copy of tfjs-layers draws by the kernel from the next tf.setBackend on', async () => {
    const require = createRequire(import.meta.url);
    const file = require.resolve('@tensorflow/tfjs-layers');
    const loaded = require.cache[file];
    delete require.cache[file];
    const copy = require(file) as typeof tfLayers;
    require.cache[file] = loaded;
    expect(classes.Dropout[0]).not.toBe(registered[0]);
    const x = tf.ones(SHAPE);
    const mine = layers.dropout({rate: 0.5, seed: 1});
    const other = copy.layers.dropout({rate: 0.5, seed: 1});
    expect(await kernelsOf(() => train(other, x))).not.toContain('DropoutMask');
    await tf.setBackend('mnist-wasm');
    for (const layer of [mine, other]) expect(await kernelsOf(() => train(layer, x))).toContain('DropoutMask');
    x.dispose();
  });

  it('its method is replaced once', async () => {
    const {call} = registered[0].prototype;
    await tf.setBackend('cpu');
    await tf.setBackend('mnist-wasm');
    expect(registered[0].prototype.call).toBe(call);
  });

  it("another's stays as it is, and so does a method that another has put there", async () => {
    class Dropout extends layers.Layer {
      static readonly className = 'Dropout';
      override call(inputs: tf.Tensor) {
        return tf.neg(inputs);
      }
    }
    const {call} = Dropout.prototype;
    tf.serialization.registerClass(Dropout);
    await tf.setBackend('mnist-wasm');
    expect(Dropout.prototype.call).toBe(call);
    classes.Dropout = registered;
    const {prototype} = registered[0];
    const {call: ours} = prototype;
    const logged = function (this: Layer, ...args: unknown[]) {
      return ours.apply(this, args);
    };
    try {
      prototype.call = logged;
      await tf.setBackend('mnist-wasm');
      expect(prototype.call).toBe(logged);
    } finally {
      prototype.call = ours;
    }
  });
});
