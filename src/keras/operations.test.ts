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

  const call = (class_name: string, config: object = {}, args: unknown[] = [ref('n0')], kwargs: object = {}) => ({
    class_name,
    config,
    args,
    kwargs,
  });
  const tuple = (...items: unknown[]) => ({class_name: '__tuple__', items});
  const grid = call('Reshape', {newshape: [-1, 2, 2]});

  it.each<[string, Parameters<typeof graph>, number[], inputs?: number[]]>([
    ['argmax', [call('Argmax', {axis: -1})], [1], [1, 4, 4, 2]],
    ['argmin of all', [call('Argmin', {axis: null, keepdims: true})], [2], [1, 4, -4, 2]],
    ['argmax(x) / 2, no division of integers', [call('Argmax', {axis: 1}), call('Divide', {}, [ref('n1'), 2])], [1.5]],
    ['cumsum', [call('Cumsum', {axis: -1})], [1, 3, 6, 10]],
    ['cumsum of integers', [call('Cumsum', {axis: 1, dtype: 'int32'})], [1, 1, 3, 3], [1.9, 0.9, 2.5, -0.5]],
    ['cumprod of all', [call('Cumprod', {axis: null})], [1, 2, 6, 24]],
    ['logsumexp', [call('Logsumexp', {axis: [-1], keepdims: true})], [1000.6931], [1000, 1000, 0, 0]],
    ['count_nonzero', [call('CountNonzero', {axis: tuple(1)})], [2], [0, -1, 0, 2]],
    ['average', [call('Average', {axis: 1}, [ref('n0'), [1, 0, 0, 3]])], [3.25]],
    ['norm', [call('Norm', {ord: null, axis: [1], keepdims: false})], [5], [3, 0, 4, 0]],
    ['softmax of all', [call('Softmax', {axis: null})], [0.25, 0.25, 0.25, 0.25], [7, 7, 7, 7]],
    ['pad', [call('Pad', {pad_width: tuple(tuple(0, 0), tuple(1, 2)), mode: 'constant'})], [0, 1, 2, 3, 4, 0, 0]],
    [
      'pad, reflected',
      [
        call('Pad', {
          pad_width: [
            [0, 0],
            [2, 0],
          ],
          mode: 'reflect',
        }),
      ],
      [3, 2, 1, 2, 3, 4],
    ],
    [
      'pad, symmetric',
      [
        call('Pad', {
          pad_width: [
            [0, 0],
            [2, 0],
          ],
          mode: 'symmetric',
        }),
      ],
      [2, 1, 1, 2, 3, 4],
    ],
    [
      'pad with a value',
      [
        call(
          'Pad',
          {
            pad_width: [
              [0, 0],
              [0, 1],
            ],
            mode: 'constant',
          },
          [ref('n0')],
          {constant_values: 9},
        ),
      ],
      [1, 2, 3, 4, 9],
    ],
    ['take', [call('Take', {axis: -1}, [ref('n0'), [0, -1]])], [1, 4]],
    ['take one', [call('Take', {axis: 1}, [ref('n0'), -2])], [3]],
    ['roll', [call('Roll', {shift: 5, axis: -1})], [4, 1, 2, 3]],
    ['repeat of all', [call('Repeat', {repeats: 2, axis: null})], [1, 1, 2, 2, 3, 3, 4, 4]],
    ['moveaxis', [grid, call('Moveaxis', {source: [-1], destination: [1]}, [ref('n1')])], [1, 3, 2, 4]],
    [
      'expand_dims at the end, then sums',
      [call('ExpandDims', {axis: [-2, -1]}), call('Sum', {axis: 1}, [ref('n1')])],
      [10],
    ],
    ['tril', [grid, call('Tril', {k: 0}, [ref('n1')])], [1, 0, 3, 4]],
    ['triu', [grid, call('Triu', {k: 1}, [ref('n1')])], [0, 2, 0, 0]],
    ['sort', [call('Sort', {axis: -1})], [-1, 2, 2, 5], [2, 5, -1, 2]],
    ['argsort', [call('Argsort', {axis: 1})], [2, 0, 3, 1], [2, 5, -1, 2]],
    ['einsum', [grid, call('Einsum', {subscripts: 'bij,bkj->bik'}, [ref('n1'), ref('n1')])], [5, 11, 11, 25]],
    ['einsum of three', [call('Einsum', {subscripts: 'bi,bi,bj->b'}, [ref('n0'), ref('n0'), ref('n0')])], [300]],
    ['einsum without an arrow', [grid, call('Einsum', {subscripts: '...ji'}, [ref('n1')])], [1, 3, 2, 4]],
    ['x % -3', [call('Mod', {}, [ref('n0'), -3])], [-2, -1, 0, -2]],
    ['x // 0.1 as Python has it', [call('FloorDivide', {}, [ref('n0'), 0.1])], [9, 19, 29, 39]],
    ['-x // 2', [call('Negative'), call('FloorDivide', {}, [ref('n1'), 2])], [-1, -1, -2, -2]],
    ['hypot', [call('Hypot', {}, [ref('n0'), 4])], [5, 4, 5.6569, 8.0623], [3, 0, 4, 7]],
    [
      'logaddexp',
      [call('Logaddexp', {}, [ref('n0'), 1000])],
      [1000, 1000.6931, 1001.3133, 2000],
      [0, 1000, 1001, 2000],
    ],
    ['log2 and log10', [call('Log2'), call('Log10', {}, [ref('n1')])], [0, 0.301, 0.4771, 1], [2, 4, 8, 1024]],
    ['nan_to_num', [call('Sqrt'), call('NanToNum', {nan: 7, posinf: null}, [ref('n1')])], [7, 2, 3, 0], [-1, 4, 9, 0]],
    ['hstack', [call('Hstack', {}, [[ref('n0'), ref('n0')]])], [1, 2, 3, 4, 1, 2, 3, 4]],
    ['erf', [call('Erf')], [0, 0.8427, -0.8427, 0.5205], [0, 1, -1, 0.5]],
    ['arctan2', [call('Arctan2', {}, [ref('n0'), -1])], [Math.PI, 2.3562, -2.3562, 2.0344], [0, 1, -1, 2]],
  ])('%s', async (_, nodes, outputs, inputs = [1, 2, 3, 4]) => {
    const found = await result(graph(...nodes), inputs, [1, 4]);
    expect(found).toEqual(outputs.map((value) => expect.closeTo(value, 3)));
  });

  const output = (name: string, index: number) => ({
    class_name: '__keras_tensor__',
    config: {keras_history: [name, 0, index], shape: [null, 4], dtype: 'float32'},
  });

  it.each<[string, ReturnType<typeof call>, index: number, number[]]>([
    ['the second half', call('Split', {indices_or_sections: 2, axis: -1}), 1, [5, 2]],
    ['what is cut before the last', call('Split', {indices_or_sections: tuple(1, -1), axis: 1}), 1, [4, 5]],
    ['the largest two', call('TopK', {k: 2, sorted: true}), 0, [5, 4]],
    ['where they are', call('TopK', {k: 2, sorted: true}), 1, [2, 1]],
  ])('with several outputs: %s', async (_, node, index, outputs) => {
    const config = graph(node, call('Copy', {}, [output('n1', index)]));
    expect(await result(config, [1, 4, 5, 2], [1, 4])).toEqual(outputs);
  });

  it.each<[string, ReturnType<typeof call>, RegExp]>([
    [
      'pad by the edge',
      call('Pad', {
        pad_width: [
          [0, 0],
          [1, 1],
        ],
        mode: 'edge',
      }),
      /mode: "edge" is not supported of the operation pad/,
    ],
    ['a norm of another order', call('Norm', {ord: 1, axis: 1}), /ord: 1 is not supported of the operation norm/],
    [
      'more arguments than there are',
      call('Erf', {}, [ref('n0'), 2]),
      /argument 2: 2 is not supported of the operation erf/,
    ],
    [
      'places in a list',
      call('GetItem', {}, [ref('n0'), tuple(0, [0, 2])]),
      /key: .* is not supported of the operation getItem/,
    ],
    ['a diagonal', call('Einsum', {subscripts: 'ii'}), /operand 1 has an axis twice/],
    ['a sort of all', call('Sort', {axis: null}), /axis: null is not supported of the operation sort/],
  ])('refused by name: %s', async (_, node, message) => {
    await expect(loadKeras(await file(graph(node)))).rejects.toThrow(message);
  });

  it.each<[string, string, object, number[]]>([
    ['repeat along an axis', 'repeat', {repeats: 2, axis: 1}, [1, 1, 2, 2]],
    ['roll along an axis', 'roll', {shift: 1, axis: 1}, [2, 1]],
    ['cumsum along the first axis, its default', 'math.cumsum', {}, [1, 2]],
    ['gelu not approximated, its default', 'nn.gelu', {}, [0.8413, 1.9545]],
    [
      'pad',
      'compat.v1.pad',
      {
        paddings: [
          [0, 0],
          [1, 0],
        ],
        mode: 'CONSTANT',
      },
      [0, 1, 2],
    ],
    ['clip_by_value', 'clip_by_value', {clip_value_min: 0, clip_value_max: 1.5}, [1, 1.5]],
    ['tile', 'tile', {multiples: [1, 2]}, [1, 2, 1, 2]],
    ['floordiv', 'math.floordiv', {y: 2}, [0, 1]],
    ['pow of a constant', 'math.pow', {y: 3}, [1, 8]],
    ['reshape and its shape', 'reshape', {shape: [-1, 1]}, [1, 2]],
    ['transpose and its perm', 'transpose', {perm: [1, 0]}, [1, 2]],
    ['reduce_max along an axis', 'math.reduce_max', {axis: 1, keepdims: true}, [2]],
    ['argmax along the first axis, its default', 'math.argmax', {}, [0, 0]],
    ['cast', 'cast', {dtype: 'int32'}, [1, 2]],
    ['expand_dims', 'expand_dims', {axis: -1}, [1, 2]],
    ['squared', 'math.square', {}, [1, 4]],
  ])('as TensorFlow has them: %s', async (_, fn, kwargs, outputs) => {
    const layers = [
      {class_name: 'InputLayer', config: {name: 'x', batch_input_shape: [null, 2]}, name: 'x', inbound_nodes: []},
      {
        class_name: 'TFOpLambda',
        config: {name: 'y', trainable: true, dtype: 'float32', function: fn},
        name: 'y',
        inbound_nodes: [['x', 0, 0, {...kwargs, name: null}]],
      },
    ];
    const config = {name: 'm', layers, input_layers: [['x', 0, 0]], output_layers: [['y', 0, 0]]};
    const keras2 = {keras_version: '2.9.0'};
    expect(await result({class_name: 'Functional', config}, [1, 2], [1, 2], {}, keras2)).toEqual(outputs);
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
