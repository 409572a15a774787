import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {build} from 'esbuild';
import {describe, expect, it} from 'vitest';
import {runModule} from '../child';

/** Prints the bits of what a model of many layers predicts, and of what an application does before and after. */
const predict = (entry: string, level: string) => `
  import * as tf from '@tensorflow/tfjs-core';
  import {layers, sequential} from '@tensorflow/tfjs-layers';
  import {featureLevel, register} from '${entry}';
  register({features: '${level}'});
  await tf.setBackend('mnist-wasm');
  let seed = 0;
  const initializer = () => ({kernelInitializer: {className: 'GlorotUniform', config: {seed: ++seed}}});
  const model = sequential({layers: [
    layers.conv2d({inputShape: [28, 28, 1], filters: 8, kernelSize: 5, padding: 'same', activation: 'relu', ...initializer()}),
    layers.batchNormalization(),
    layers.maxPooling2d({poolSize: 2}),
    layers.depthwiseConv2d({kernelSize: 3, depthwiseInitializer: {className: 'GlorotUniform', config: {seed: 9}}}),
    layers.conv2d({filters: 16, kernelSize: 3, activation: 'elu', ...initializer()}),
    layers.averagePooling2d({poolSize: 2}),
    layers.conv2dTranspose({filters: 16, kernelSize: 3, strides: 2, padding: 'same', ...initializer()}),
    layers.averagePooling2d({poolSize: 2}),
    layers.reshape({targetShape: [25, 16]}),
    layers.lstm({units: 12, recurrentInitializer: {className: 'GlorotUniform', config: {seed: 8}}, ...initializer()}),
    layers.dropout({rate: 0.5}),
    layers.dense({units: 10, activation: 'softmax', ...initializer()}),
  ]});
  const pixels = tf.randomUniform([5, 40, 40, 1], 0, 255, 'int32', 3);
  const images = tf.div(tf.cast(tf.image.resizeBilinear(pixels, [28, 28]), 'float32'), 255);
  const scores = model.predict(images);
  const {values, indices} = tf.topk(scores, 3);
  const outputs = [scores, values, indices, tf.argMax(scores, 1), tf.oneHot(tf.argMax(scores, 1), 10), tf.mean(images)];
  console.log(featureLevel(), tf.memory().numTensors, JSON.stringify(outputs.map((y) => Array.from(y.dataSync()))));`;

describe('mnist-wasm/inference', () => {
  it.each(['simd', 'relaxed'])('predicts with the bits of the whole backend at the level %s', async (level) => {
    const [all, inference] = await Promise.all(
      ['mnist-wasm', 'mnist-wasm/inference'].map((entry) => runModule(predict(entry, level))),
    );
    expect(inference).toEqual({code: 0, stdout: all.stdout, stderr: ''});
    expect(all.stdout).toMatch(new RegExp(`^${level} `));
  });

  it('says which kernel is missing where a model is trained', async () => {
    const source = `
      import * as tf from '@tensorflow/tfjs-core';
      import {layers, sequential} from '@tensorflow/tfjs-layers';
      import {register} from 'mnist-wasm/inference';
      register();
      await tf.setBackend('mnist-wasm');
      const model = sequential({layers: [layers.conv2d({inputShape: [9, 9, 1], filters: 2, kernelSize: 3}), layers.flatten()]});
      model.compile({optimizer: 'sgd', loss: 'meanSquaredError'});
      await model.fit(tf.zeros([2, 9, 9, 1]), tf.zeros([2, 98])).catch((error) => console.log(error.message));`;
    expect((await runModule(source)).stdout).toMatch(/^Kernel 'Conv2DBackpropFilter' not registered for backend/);
  });

  it.each(["'mnist-wasm'", "'mnist-wasm/native'"])(
    'does not take from %s, which trains, in any order',
    async (entry) => {
      const source = `
      import * as tf from '@tensorflow/tfjs-core';
      import '@tensorflow/tfjs-layers';
      import {register} from ${entry};
      import {register as registerForInference} from 'mnist-wasm/inference';
      for (const order of [[register, registerForInference], [registerForInference, register]]) {
        for (const add of order) add();
        tf.removeBackend('mnist-wasm');
        for (const add of order) add();
        await tf.setBackend('mnist-wasm');
        const grad = tf.grad((x) => tf.mean(tf.conv2d(x, tf.ones([2, 2, 1, 1]), 1, 'valid')))(tf.zeros([1, 3, 3, 1]));
        console.log(Array.from(grad.dataSync()).join(' '));
      }`;
      const row = '0.25 0.5 0.25 0.5 1 0.5 0.25 0.5 0.25\n';
      expect(await runModule(source)).toEqual({code: 0, stdout: row + row, stderr: ''});
    },
  );

  it('calls no WebAssembly function that its module lacks', async () => {
    const folder = path.resolve(import.meta.dirname, '../../dist');
    const functions = async (name: string) => {
      const module = new WebAssembly.Module(await readFile(path.join(folder, 'wasm', `${name}.wasm`)));
      return WebAssembly.Module.exports(module).map((exported) => exported.name);
    };
    const {outputFiles} = await build({
      entryPoints: [path.join(folder, 'inference.js')],
      bundle: true,
      format: 'esm',
      external: ['@tensorflow/*', './chunks/inference-*'],
      write: false,
    });
    const words = new Set(outputFiles[0].text.match(/\w+/g));
    const present = new Set(await functions('inference-simd'));
    const called = (await functions('simd')).filter((name) => words.has(name));
    expect(called.length).toBeGreaterThan(100);
    // No kernel of this entry makes a complex64 tensor.
    const complex = ['complex_multiply_f32', 'complex_real_div_f32'];
    expect(called.filter((name) => !present.has(name) && !complex.includes(name))).toEqual([]);
  });
});
