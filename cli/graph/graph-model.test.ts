import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {memory, setBackend, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {layers, type Sequential, sequential} from '@tensorflow/tfjs-layers';
import {builtInDigits} from 'mnist-wasm/mnist';
import {fileSystem} from 'mnist-wasm/node';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {imageInputOf, lenet} from '../../recipes';
import {run} from '../../test/child';
import {openClassifier} from '../classifier';
import {type GraphModelFiles, graphOf, type Node, writeGraph} from '../fixtures/graph';
import {openModel} from '../open-model';
import {RunnableGraph} from './graph-model';

const PROGRAM = path.resolve(import.meta.dirname, '../../dist/cli/index.js');
const {test} = builtInDigits({trainSize: 1, testSize: 40});
let images: Tensor;
let folder: string;
let model: Sequential;
let expected: Float32Array;
beforeAll(async () => {
  await setBackend('mnist-wasm');
  images = tensor(
    Float32Array.from(test.images, (value) => value / 255),
    [40, 28, 28, 1],
  );
  model = lenet(1);
  expected = tidy(() => (model.predict(images) as Tensor).dataSync<'float32'>());
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mnist-wasm-graph-'));
});
afterEach(() => rm(folder, {recursive: true}));
afterAll(() => {
  model.dispose();
  images.dispose();
});

async function load(files: GraphModelFiles): Promise<RunnableGraph> {
  writeGraph(folder, files);
  const artifacts = await fileSystem(folder).load?.();
  if (artifacts === undefined) throw new Error('a folder can be read');
  return RunnableGraph.load({location: 'graph', artifacts: await artifacts});
}

/** The graph of LeNet after a change of its nodes. */
function changed(change: (nodes: Node[]) => unknown): GraphModelFiles {
  const files = graphOf(model);
  change(files.json.modelTopology.node);
  return files;
}

function nodeOf(nodes: Node[], op: string): Node {
  const found = nodes.find((node) => node.op === op);
  if (found === undefined) throw new Error(`there is no ${op}`);
  return found;
}

describe('a graph model', () => {
  it('computes what the layers compute that it was made of, and keeps no tensor', async () => {
    const graph = await load(graphOf(model));
    expect(graph.inputs).toEqual([{name: 'x', dtype: 'float32', shape: [null, 28, 28, 1]}]);
    expect(graph.outputs[0].shape).toEqual([null, 10]);
    expect(graph.activation).toBe('softmax');
    expect(graph.countParams()).toBe(model.countParams());
    const before = memory().numTensors;
    const output = graph.predictOnBatch(images);
    expect(output.shape).toEqual([40, 10]);
    const values = output.dataSync<'float32'>();
    for (const [i, value] of values.entries()) expect(Math.abs(value - expected[i])).toBeLessThan(1e-6);
    output.dispose();
    expect(memory().numTensors).toBe(before);
    graph.dispose();
  });

  it('is classified with in its own batch, where it has one', async () => {
    writeGraph(folder, graphOf(model, 7));
    const {classifier} = await openClassifier(folder, {}, async () => ({test, source: 'digits'}));
    expect(classifier.input).toMatchObject({batch: 7, shape: [28, 28, 1]});
    expect(classifier.reading).toBe('probabilities');
    classifier.model.dispose();
  });

  it('tells its operations, their shapes and where its parameters are', async () => {
    const graph = await load(graphOf(model));
    const operations = graph.operations();
    expect(operations.map(({op}) => op)).toEqual([
      ...['Placeholder', '_FusedConv2D', 'MaxPool', '_FusedConv2D', 'MaxPool', 'Reshape'],
      ...['MatMul', 'BiasAdd', 'Relu', 'MatMul', 'BiasAdd', 'Relu', 'MatMul', 'BiasAdd', 'Softmax', 'Identity'],
    ]);
    const [, conv, pool] = operations;
    expect(conv).toMatchObject({shape: [null, 28, 28, 6], parameters: 156});
    expect(pool).toMatchObject({shape: [null, 14, 14, 6], parameters: 0});
    expect(operations.find(({op}) => op === 'MatMul')?.parameters).toBe(400 * 120);
    expect(operations.reduce((sum, {parameters}) => sum + parameters, 0)).toBe(model.countParams());
    graph.dispose();
  });

  it.each<[string, (nodes: Node[]) => unknown, RegExp]>([
    [
      'has control flow',
      (nodes) => Object.assign(nodeOf(nodes, 'Relu'), {op: 'While'}),
      /^cannot run graph: its graph has control flow \(While "\w+\/Relu"\).*executeAsync/,
    ],
    [
      'has an operation that nobody knows',
      (nodes) => Object.assign(nodeOf(nodes, 'Relu'), {op: 'Frobnicate'}),
      /^cannot run the graph model graph; tfjs-converter says: .*Frobnicate/,
    ],
    [
      'has weights that do not fit',
      (nodes) => void nodeOf(nodes, 'MatMul').input?.reverse(),
      /^cannot run the graph model graph; tfjs-converter says: ./,
    ],
    ['has nodes that are none', (nodes) => void nodes.push(null as unknown as Node), /nodes that lack a name/],
    ['has none', (nodes) => void nodes.splice(0), /without operations/],
    [
      'does not tell the shape of its input',
      (nodes) => Object.assign(nodeOf(nodes, 'Placeholder'), {attr: {dtype: {type: 'DT_FLOAT'}}}),
      /does not tell the shape of the input x/,
    ],
  ])('that %s is refused', async (_, change, message) => {
    await expect(load(changed(change))).rejects.toThrow(message);
  });

  it('whose weights are cut off is refused, before it is built', async () => {
    const {json, bytes} = graphOf(model);
    await expect(load({json, bytes: bytes.subarray(4)})).rejects.toThrow(/bytes, expected/);
    json.weightsManifest[0].paths = ['../group1-shard1of1.bin'];
    await expect(load({json, bytes})).rejects.toThrow(/\.\.\/group1/);
  });

  it('that is no classifier of digits is refused by what it gives', async () => {
    const other = sequential({
      layers: [layers.flatten({inputShape: [28, 28, 1]}), layers.dense({units: 4, activation: 'softmax'})],
    });
    const graph = await load(graphOf(other));
    expect(imageInputOf(graph)).toMatch(/^gives \[4\]: expected a number for each of ten digits/);
    for (const one of [graph, other]) one.dispose();
  });

  it('is refused by name where layers are needed', async () => {
    writeGraph(folder, graphOf(model));
    await expect(openModel(folder)).rejects.toThrow(/is a graph model: .* needs layers.*\.keras.*tfjs_layers_model/);
  });
});

describe('the program', () => {
  const command = (...args: string[]) => run(process.execPath, [PROGRAM, ...args], {cwd: folder});

  it('evaluates and summarises it, and does not compile or convert it', async () => {
    writeGraph(path.join(folder, 'graph'), graphOf(model));
    await model.save(fileSystem(path.join(folder, 'layers')));
    const data = ['--data', 'digits', '--train-size', '1', '--test-size', '200', '--scale', '0..1'];
    const polarity = ['--polarity', 'white-on-black'];
    const [graph, plain] = await Promise.all(
      ['graph', 'layers'].map(async (name) => {
        const {code, stdout, stderr} = await command('evaluate', name, ...data, ...polarity, '--json');
        expect(code, stderr).toBe(0);
        return JSON.parse(stdout) as {correct: number; loss: number};
      }),
    );
    expect(graph.correct).toBe(plain.correct);
    expect(graph.loss).toBeCloseTo(plain.loss, 6);
    const {stdout} = await command('summary', 'graph');
    expect(stdout).toMatch(/_FusedConv2D.*\[batch, 28, 28, 6\].*156/);
    expect(stdout).toContain('61,706 parameters');
    for (const args of [
      ['compile', 'graph', '--out', 'x.wasm'],
      ['convert', 'graph', 'x.h5'],
    ]) {
      expect(await command(...args)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/graph is a graph model: .* needs layers/),
      });
    }
  });
});
