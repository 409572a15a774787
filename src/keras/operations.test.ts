import {setBackend} from '@tensorflow/tfjs-core';
import 'mnist-wasm';
import {loadKeras} from 'mnist-wasm/keras';
import {beforeAll, describe, expect, it} from 'vitest';
import {file, result} from './fixtures/made';

beforeAll(async () => {
  await setBackend('mnist-wasm');
});

describe('operations of Keras in the place of layers', () => {
  const ref = (name: string) => ({
    class_name: '__keras_tensor__',
    config: {keras_history: [name, 0, 0], shape: [null, 4], dtype: 'float32'},
  });
  const graph = (...nodes: {class_name: string; config: object; args: unknown[]; kwargs?: object}[]) => {
    const layers = nodes.map(({args, kwargs = {}, ...node}, i) => {
      const name = `n${i + 1}`;
      return {
        ...node,
        config: {name, ...node.config},
        name,
        module: 'keras.src.ops.numpy',
        inbound_nodes: [{args, kwargs}],
      };
    });
    const input = {
      class_name: 'InputLayer',
      config: {name: 'n0', batch_shape: [null, 4]},
      name: 'n0',
      inbound_nodes: [],
    };
    return {
      class_name: 'Functional',
      config: {
        name: 'm',
        layers: [input, ...layers],
        input_layers: [['n0', 0, 0]],
        output_layers: [[`n${nodes.length}`, 0, 0]],
      },
    };
  };

  it.each<[string, Parameters<typeof graph>, number[]]>([
    [
      'x * 2 + x',
      [
        {class_name: 'Multiply', config: {}, args: [ref('n0'), 2]},
        {class_name: 'Add', config: {}, args: [ref('n1'), ref('n0')]},
      ],
      [3, 6, 9, 12],
    ],
    ['1 - x', [{class_name: 'Subtract', config: {}, args: [1, ref('n0')]}], [0, -1, -2, -3]],
    [
      'x[:, 1:3]',
      [
        {
          class_name: 'GetItem',
          config: {},
          args: [
            ref('n0'),
            {
              class_name: '__tuple__',
              items: [
                {class_name: 'slice', config: {start: null, stop: null, step: null}},
                {class_name: 'slice', config: {start: 1, stop: 3, step: null}},
              ],
            },
          ],
        },
      ],
      [2, 3],
    ],
    [
      'mean along the last axis',
      [{class_name: 'Mean', config: {axis: [-1], keepdims: true}, args: [ref('n0')]}],
      [2.5],
    ],
  ])('%s', async (_, nodes, outputs) => {
    expect(await result(graph(...nodes), [1, 2, 3, 4], [1, 4])).toEqual(outputs);
  });

  it('run where TensorFlow has them: TFOpLambda of Keras 2', async () => {
    const lambda = (name: string, fn: string, call: unknown[]) => ({
      class_name: 'TFOpLambda',
      config: {name, trainable: true, dtype: 'float32', function: fn},
      name,
      inbound_nodes: [call],
    });
    const layers = [
      {class_name: 'InputLayer', config: {name: 'x', batch_input_shape: [null, 2]}, name: 'x', inbound_nodes: []},
      lambda('a', 'math.multiply', ['x', 0, 0, {y: 3, name: null}]),
      lambda('b', '__operators__.add', ['a', 0, 0, {y: ['x', 0, 0], name: null}]),
      lambda('c', 'math.reduce_sum', ['b', 0, 0, {axis: 1, keepdims: true}]),
    ];
    const config = {name: 'm', layers, input_layers: [['x', 0, 0]], output_layers: [['c', 0, 0]]};
    const keras2 = {keras_version: '2.9.0'};
    expect(await result({class_name: 'Functional', config}, [1, 2], [1, 2], {}, keras2)).toEqual([12]);
  });

  it('are refused by name where they are not known', async () => {
    const config = graph({class_name: 'FFT', config: {}, args: [ref('n0')]});
    await expect(loadKeras(await file(config))).rejects.toThrow(
      /FFT "n1": the operation fFT of Keras is not supported/,
    );
  });
});
