import {describe, expect, it} from 'vitest';
import {runModule} from '../child';

/** Of the package's own files: modules as a user gets them. */
const read = `
  import {readFile} from 'node:fs/promises';
  import * as tf from '@tensorflow/tfjs-core';
  import '@tensorflow/tfjs-layers';
  import {featureLevel, register, threadCount} from 'mnist-wasm';
  const compiled = async (name) =>
    WebAssembly.compile(await readFile(new URL(import.meta.resolve('mnist-wasm/wasm/' + name + '.wasm'))));`;

describe('the option module', () => {
  it('gives the kernels, their level and one thread, and the bits of those that are built in', async () => {
    const source = `${read}
      const bits = [];
      for (const options of [{module: await compiled('simd'), threads: 2}, {features: 'simd'}]) {
        tf.removeBackend('mnist-wasm');
        register(options);
        await tf.setBackend('mnist-wasm');
        const x = tf.randomNormal([64, 28, 28, 3], 0, 1, 'float32', 5);
        const filter = tf.randomNormal([3, 3, 3, 16], 0, 1, 'float32', 6);
        const {grad, value} = tf.valueAndGrad((w) => tf.mean(tf.square(tf.relu(tf.conv2d(x, w, 1, 'same')))))(filter);
        bits.push([featureLevel(), ...value.dataSync(), ...grad.dataSync()]);
        if (options.module) console.log(featureLevel(), threadCount());
      }
      console.log(bits[0].length, bits[0].every((bit, i) => Object.is(bit, bits[1][i])));`;
    expect(await runModule(source)).toEqual({code: 0, stdout: 'simd 1\n434 true\n', stderr: ''});
  });

  it.each([
    [
      'new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))',
      /'module' is not a module of its kernels; expected/,
    ],
    ["'simd.wasm'", /'module' is not a module of its kernels; expected/],
    ["await changed('simd')", /'module' is its 'simd' of another version; expected/],
  ])('refuses %s', async (module, message) => {
    const source = `${read}
      const changed = async (name) => {
        const bytes = await readFile(new URL(import.meta.resolve('mnist-wasm/wasm/' + name + '.wasm')));
        bytes[bytes.length - 1] ^= 1;
        return WebAssembly.compile(bytes);
      };
      try {
        register({module: ${module}});
      } catch (error) {
        console.log(error.message);
      }`;
    expect((await runModule(source)).stdout).toMatch(message);
  });

  it('refuses another level beside it', async () => {
    const source = `${read}
      try {
        register({features: 'relaxed', module: await compiled('simd')});
      } catch (error) {
        console.log(error.message);
      }`;
    const {stdout} = await runModule(source);
    expect(stdout).toBe("mnist-wasm: the option 'features' is 'relaxed', but the option 'module' has 'simd'.\n");
  });

  it('is what a compiled model runs on, unless it asks for a level', async () => {
    const source = `${read}
      import * as tfl from '@tensorflow/tfjs-layers';
      import {compiledModel, compileModel} from 'mnist-wasm/compile';
      register({module: await compiled('simd')});
      await tf.setBackend('mnist-wasm');
      const model = tfl.sequential({layers: [tfl.layers.dense({inputShape: [3], units: 2})]});
      const compile = WebAssembly.compile;
      WebAssembly.compile = () => Promise.reject(new Error('it compiles bytes'));
      const fast = await compiledModel(model);
      WebAssembly.compile = compile;
      const expected = model.predict(tf.tensor([[1, 2, 3]])).dataSync();
      console.log(fast.predict([1, 2, 3]).every((value, i) => value === expected[i]));
      console.log((await compileModel(model, {level: 'simd'})).length > 1000);`;
    expect(await runModule(source)).toEqual({code: 0, stdout: 'true\ntrue\n', stderr: ''});
  });
});
