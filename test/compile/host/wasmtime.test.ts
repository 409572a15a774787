import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {setBackend} from '@tensorflow/tfjs-core';
import {type CompileOptions, compileModel} from 'mnist-wasm/compile';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {recipes, runName} from '../../../recipes';
import 'mnist-wasm';

interface Answer {
  status: number;
  outputs: {shape: number[]; bits: number[]}[];
}

const PYTHON = process.env.MNIST_WASM_PYTHON ?? 'python3';
const hasWasmtime = spawnSync(PYTHON, ['-c', 'import wasmtime']).status === 0;
/** A model of each recipe and size. */
const MODELS = Object.fromEntries(
  recipes.flatMap((recipe) => recipe.models.map((model) => [runName(recipe, model), () => model.build(1)])),
);
/** Alexnet has 46 million weights, and variants of the MLP infer alike. */
const SMALL = ['lenet', 'simple-cnn-a', 'simple-cnn-b', 'mlp-plain', 'batch-norm-cnn', 'strided-cnn'];
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mnist-wasm-host-'));
  await setBackend('mnist-wasm');
});

afterAll(() => rmSync(folder, {recursive: true}));

/** In both hosts, on the same values. */
async function predictInBoth(name: string, options: CompileOptions) {
  const model = MODELS[name]();
  const bytes = await compileModel(model, options);
  model.dispose();
  const {exports} = (await WebAssembly.instantiate(bytes as BufferSource)).instance;
  const address = (exported: string) => (exports[exported] as WebAssembly.Global).value >>> 0;
  const {buffer} = exports.memory as WebAssembly.Memory;
  const [, rank] = new Int32Array(buffer, address('input_0_shape'), 2);
  const elements = new Int32Array(buffer, address('input_0_shape') + 8, rank).reduce((a, b) => a * b, 1);
  const values = Float32Array.from({length: elements}, (_, i) => Math.sin(i) ** 2);
  new Float32Array(buffer, address('input_0'), elements).set(values);
  (exports.predict as () => number)();
  const [module, input] = ['model.wasm', 'values.bin'].map((file) => path.join(folder, file));
  writeFileSync(module, bytes);
  writeFileSync(input, new Uint8Array(values.buffer));
  const script = path.join(import.meta.dirname, 'predict.py');
  const answer = JSON.parse(execFileSync(PYTHON, [script, module, input], {encoding: 'utf8'})) as Answer;
  const found = Uint32Array.from(answer.outputs[0].bits);
  return {
    answer,
    found,
    expected: new Uint32Array(buffer, address('output_0'), found.length).slice(),
  };
}

test.skipIf(!hasWasmtime).each(SMALL)(
  '%s predicts the same bits in Wasmtime, which is not JavaScript',
  async (name) => {
    const {answer, found, expected} = await predictInBoth(name, {});
    expect(answer).toMatchObject({status: 0, outputs: [{shape: [1, 10]}]});
    expect(found).toEqual(expected);
  },
);

test.skipIf(!hasWasmtime)('a batch, and weights that are unpacked when a module starts', async () => {
  for (const options of [{batchSize: 3}, {weights: 'float16'}, {weights: 'int8'}] as const) {
    const {answer, found, expected} = await predictInBoth('lenet', options);
    expect(answer.outputs[0].shape).toEqual([options.batchSize ?? 1, 10]);
    expect(found).toEqual(expected);
  }
});

test.skipIf(!hasWasmtime)('the level relaxed, where hosts may round differently', async () => {
  const {found, expected} = await predictInBoth('lenet', {level: 'relaxed'});
  const [values, wanted] = [found, expected].map((bits) => new Float32Array(bits.buffer));
  values.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i], 5);
  });
});
