import {setBackend} from '@tensorflow/tfjs-core';
import {type LayersModel, layers, sequential} from '@tensorflow/tfjs-layers';
import {ByteBuffer} from 'flatbuffers';
import {expect, test} from 'vitest';
import 'mnist-wasm';
import {findModel} from '../models';
import {exportTflite} from './export';
import {FIELDS, FILE_IDENTIFIER, type FieldOf, OPERATORS, type TableName} from './schema';
import {affineOf, outputsFirst} from './tensors';

const BATCH = 3;

test('the outputs of a filter, and of dense weights, first', () => {
  const filter = outputsFirst({shape: [1, 2, 2, 3], values: Float32Array.from({length: 12}, (_, i) => i)});
  expect(filter).toEqual({shape: [3, 1, 2, 2], values: new Float32Array([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11])});
  const weights = outputsFirst({shape: [2, 3], values: Float32Array.from([1, 2, 3, 4, 5, 6])});
  expect(weights).toEqual({shape: [3, 2], values: new Float32Array([1, 4, 2, 5, 3, 6])});
});

test('a normalisation as a factor and a summand', () => {
  const vectors = [2, 1, 3, 15].map((value) => ({shape: [1], values: Float32Array.of(value)}));
  // 2 * (x - 3) / sqrt(15 + 1) + 1
  const {factor, summand} = affineOf(vectors, 1);
  expect([factor.values[0], summand.values[0]]).toEqual([0.5, -0.5]);
});

test('the operators, shapes and constants of an exported model', async () => {
  const {file, filter} = await withModel('strided-cnn', (model) => {
    const [kernel] = model.getWeights();
    return {
      file: readFile(exportTflite(model, BATCH)),
      filter: {shape: kernel.shape, values: kernel.dataSync() as Float32Array},
    };
  });
  const affine = ['MUL', 'ADD'];
  const conv = ['CONV_2D', ...affine];
  const dense = ['FULLY_CONNECTED', ...affine, 'FULLY_CONNECTED', 'SOFTMAX'];
  expect(file.operators.map(({name}) => name)).toEqual([
    ...['CONV_2D', ...Array(4).fill(conv).flat()],
    ...['RESHAPE', ...dense],
  ]);
  expect(file.tensors[file.inputs[0]].shape).toEqual([BATCH, 28, 28, 1]);
  expect(file.tensors[file.outputs[0]].shape).toEqual([BATCH, 10]);
  const [, given, bias] = file.operators[0].inputs.map((index) => file.tensors[index]);
  expect(given).toEqual(outputsFirst(filter));
  expect(bias.shape).toEqual([filter.shape[3]]);
  // Each reads what the one before it gives.
  const chain = file.operators.map(({outputs: [output]}) => output);
  expect(file.operators.map(({inputs: [input]}) => input)).toEqual([file.inputs[0], ...chain.slice(0, -1)]);
  expect(file.outputs).toEqual(chain.slice(-1));
});

test('a layer that is not known is an error', async () => {
  await setBackend('mnist-wasm');
  const model = sequential({layers: [layers.leakyReLU({inputShape: [4]})]});
  expect(() => exportTflite(model, 1)).toThrow("the benchmark knows no layer 'LeakyReLU'");
  model.dispose();
});

async function withModel<T>(name: string, use: (model: LayersModel) => T): Promise<T> {
  await setBackend('mnist-wasm');
  const model = findModel(name).create();
  const result = use(model);
  model.dispose();
  return result;
}

/** What is in a .tflite file, by flatbuffers' own reader. */
function readFile(bytes: Uint8Array) {
  const buffer = new ByteBuffer(bytes);
  expect(buffer.__has_identifier(FILE_IDENTIFIER)).toBe(true);
  /** Where a field of a table is. */
  const at = <Table extends TableName>(table: number, name: Table, field: FieldOf<Table>): number => {
    const slot = (FIELDS[name] as readonly string[]).indexOf(field);
    return table + buffer.__offset(table, 4 + 2 * slot);
  };
  /** Where the elements of a vector are. */
  const places = (vector: number): number[] =>
    Array.from({length: buffer.__vector_len(vector)}, (_, i) => buffer.__vector(vector) + 4 * i);
  const ints = (vector: number) => places(vector).map((place) => buffer.readInt32(place));
  const tables = (vector: number) => places(vector).map((place) => buffer.__indirect(place));

  const model = buffer.__indirect(buffer.position());
  const codes = tables(at(model, 'Model', 'operator_codes')).map((code) =>
    buffer.readInt32(at(code, 'OperatorCode', 'builtin_code')),
  );
  const buffers = tables(at(model, 'Model', 'buffers'));
  const [subgraph] = tables(at(model, 'Model', 'subgraphs'));
  return {
    inputs: ints(at(subgraph, 'SubGraph', 'inputs')),
    outputs: ints(at(subgraph, 'SubGraph', 'outputs')),
    operators: tables(at(subgraph, 'SubGraph', 'operators')).map((operator) => {
      const code = codes[buffer.readInt32(at(operator, 'Operator', 'opcode_index'))];
      return {
        name: Object.entries(OPERATORS).find(([, known]) => known.code === code)?.[0],
        inputs: ints(at(operator, 'Operator', 'inputs')),
        outputs: ints(at(operator, 'Operator', 'outputs')),
      };
    }),
    tensors: tables(at(subgraph, 'SubGraph', 'tensors')).map((tensor) => {
      const shape = ints(at(tensor, 'Tensor', 'shape'));
      const index = buffer.readInt32(at(tensor, 'Tensor', 'buffer'));
      if (index === 0) return {shape};
      const data = at(buffers[index], 'Buffer', 'data');
      expect(buffer.__vector(data) % 16).toBe(0);
      const values = Array.from({length: buffer.__vector_len(data) / 4}, (_, i) =>
        buffer.readFloat32(buffer.__vector(data) + 4 * i),
      );
      return {shape, values: Float32Array.from(values)};
    }),
  };
}
