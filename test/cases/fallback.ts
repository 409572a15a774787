import type {InputSpec, KernelCase} from './types';

const strings = (...values: string[]): InputSpec => ({shape: [values.length], dtype: 'string', values});
const ints = (shape: number[], values: number[]): InputSpec => ({shape, dtype: 'int32', values});

/**
 * Kernels, and dtypes, that have no WebAssembly function: one case for each kind of argument and result that the
 * fallback to tfjs-backend-cpu has to carry across.
 */
export const cases: readonly KernelCase[] = [
  {
    kernel: 'Abs',
    name: 'bool',
    inputs: {x: {shape: [3, 4], dtype: 'bool'}},
    tfjsWasm: {skip: 'it takes the bytes for floats'},
  },
  {kernel: 'Identity', name: 'string', inputs: {x: strings('a', '', 'ü')}},
  {kernel: 'Reshape', name: 'string', inputs: {x: strings('a', 'b', 'c', 'd')}, attrs: {shape: [2, 2]}},
  {
    kernel: 'StringToHashBucketFast',
    name: 'string to int32',
    inputs: {input: strings('a', 'bc', '', 'ü')},
    attrs: {numBuckets: 10},
  },
  {
    kernel: 'StaticRegexReplace',
    name: 'string to string',
    inputs: {x: strings('banana', 'none', '')},
    attrs: {pattern: 'an', rewrite: 'x', replaceGlobal: true},
  },
  {
    kernel: 'StringSplit',
    name: 'several outputs of several dtypes',
    inputs: {input: strings('a b', 'c', ' d '), delimiter: {shape: [], dtype: 'string', values: [' ']}},
    attrs: {skipEmpty: true},
  },
  {
    kernel: 'Unique',
    name: 'a shape that depends on the values',
    inputs: {x: ints([6], [3, 1, 3, 2, 1, 3])},
    attrs: {axis: 0},
  },
  {
    kernel: 'TopK',
    name: 'two outputs',
    inputs: {x: {shape: [3, 7], dtype: 'bool'}},
    attrs: {k: 3, sorted: true},
    tfjsWasm: {skip: 'it leaves the result unwritten'},
  },
  {
    kernel: 'Einsum',
    name: 'an array of inputs',
    inputs: [
      {shape: [3, 4], dtype: 'bool'},
      {shape: [4, 5], dtype: 'bool'},
    ],
    attrs: {equation: 'ij,jk->ik'},
  },
  {
    kernel: 'SparseSegmentSum',
    name: 'int32 indices beside float32',
    inputs: {data: {shape: [4, 2]}, indices: ints([3], [3, 0, 2]), segmentIds: ints([3], [0, 0, 1])},
  },
  {
    kernel: 'SparseReshape',
    name: 'int32 throughout',
    inputs: {inputIndices: ints([2, 2], [0, 1, 1, 2]), inputShape: ints([2], [2, 3]), newShape: ints([2], [3, -1])},
  },
];
