import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {fromBinary} from '@bufbuild/protobuf';
import {randomUniform, setBackend, type Tensor, tidy} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {ModelProtoSchema} from 'onnx-buf';
import {expect, onTestFinished, test} from 'vitest';
import 'mnist-wasm';
import {benchModels, channelsFirst, findModel} from '../models';
import {drawVectors} from '../models/draw';
import {findPackage} from '../peers/installed';
import {createSession, runSession} from '../peers/onnxruntime-session';
import {exportOnnx} from './export';
import {filterToOnnx, flattenedOrder, reorderRows} from './tensors';

const BATCH = 3;

test('a filter in the order of ONNX', () => {
  const values = Float32Array.from({length: 12}, (_, i) => i);
  const filter = filterToOnnx({shape: [1, 2, 2, 3], values});
  expect(filter).toEqual({shape: [3, 2, 1, 2], values: new Float32Array([0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11])});
});

test('rows in the order of a flattened image whose channels stand first', () => {
  const order = flattenedOrder([1, 2, 3]);
  expect(order).toEqual([0, 3, 1, 4, 2, 5]);
  const rows = reorderRows({shape: [6, 1], values: Float32Array.from([0, 1, 2, 3, 4, 5])}, order);
  expect([...rows.values]).toEqual(order);
});

test('the nodes and shapes of an exported model', async () => {
  const bytes = await withModel('strided-cnn', (model) => exportOnnx(model, BATCH));
  const {graph, opsetImport} = fromBinary(ModelProtoSchema, bytes);
  const conv = ['Conv', 'Relu', 'BatchNormalization'];
  const dense = ['Gemm', 'Relu', 'BatchNormalization', 'Gemm', 'Softmax'];
  const nodes = ['Conv', 'Relu', ...Array(4).fill(conv).flat(), 'Flatten', ...dense];
  expect(graph?.node.map(({opType}) => opType)).toEqual(nodes);
  expect(opsetImport.map(({version}) => version)).toEqual([17n]);
  const shapes = [...(graph?.input ?? []), ...(graph?.output ?? [])].map(({type}) => {
    const dimensions = type?.value.case === 'tensorType' ? type.value.value.shape?.dim : undefined;
    return dimensions?.map(({value}) => value.value);
  });
  expect(shapes).toEqual([
    [BigInt(BATCH), 1n, 28n, 28n],
    [BigInt(BATCH), 10n],
  ]);
});

const smallModels = benchModels.filter(({name}) => name !== 'alexnet').map(({name}) => name);
for (const runtime of ['onnxruntime-node', 'onnxruntime-web']) {
  const isInstalled = 'version' in findPackage(runtime);
  test.skipIf(!isInstalled).each(smallModels)(`${runtime} gives what tfjs gives: %s`, async (name) => {
    const {bytes, images, expected} = await withModel(name, (model) => {
      const xs = randomUniform([BATCH, ...findModel(name).input], 0, 1, 'float32', 7);
      const probabilities = (model.predict(xs) as Tensor).dataSync();
      return {bytes: exportOnnx(model, BATCH), images: xs.dataSync() as Float32Array, expected: probabilities};
    });
    const session = await createSession(runtime, await save(bytes));
    const probabilities = await runSession(session, images, [BATCH, ...channelsFirst(findModel(name))]);
    expect(probabilities.length).toBe(expected.length);
    const errors = [...expected].map((value, i) => Math.abs(value - probabilities[i]));
    expect(Math.max(...errors)).toBeLessThan(1e-4);
    expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(1e-2);
  });
}

async function withModel<T>(name: string, use: (model: LayersModel) => T): Promise<T> {
  await setBackend('mnist-wasm');
  const model = findModel(name).create();
  drawVectors(model);
  let result: T | undefined;
  tidy(() => {
    result = use(model);
  });
  model.dispose();
  return result as T;
}

async function save(bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'onnx-test-'));
  onTestFinished(() => rm(folder, {recursive: true}));
  const file = path.join(folder, 'model.onnx');
  await writeFile(file, bytes);
  return file;
}
