import type {DataType} from '@tensorflow/tfjs-core';
import type {InputSpec, KernelCase} from '../../test/cases';
import {type Size, sweepCase} from './sizes';

const ONE_INPUT: Readonly<Record<string, Omit<InputSpec, 'shape'>>> = {
  ...withValues('normal', [
    ...[
      'Abs',
      'Asinh',
      'Atan',
      'Ceil',
      'Cos',
      'Cosh',
      'Elu',
      'Erf',
      'Exp',
      'Expm1',
      'Floor',
      'IsFinite',
      'IsInf',
      'IsNan',
    ],
    ...[
      'Neg',
      'Relu',
      'Relu6',
      'Round',
      'Selu',
      'Sigmoid',
      'Sign',
      'Sin',
      'Sinh',
      'Softplus',
      'Square',
      'Step',
      'Tan',
      'Tanh',
    ],
    ...['ZerosLike', 'OnesLike', 'Identity', 'Softmax'],
  ]),
  ...withValues('positive', ['Log', 'Log1p', 'Reciprocal', 'Rsqrt', 'Sqrt']),
  ...withValues('uniform', ['Acos', 'Asin', 'Atanh']),
  Acosh: {values: 'uniform', range: [1, 9]},
};
const ONE_INT32 = ['Abs', 'Neg', 'Relu', 'Relu6', 'Sign', 'Square', 'ZerosLike', 'OnesLike'];

const ARITHMETIC = [
  'Add',
  'Sub',
  'Multiply',
  'RealDiv',
  'Maximum',
  'Minimum',
  'SquaredDifference',
  'Mod',
  'FloorDiv',
  'Pow',
];
const COMPARISONS = ['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual'];
const LOGICAL = ['LogicalAnd', 'LogicalOr', 'LogicalXor'];
const CASTS: readonly [DataType, DataType][] = [
  ['float32', 'int32'],
  ['float32', 'bool'],
  ['int32', 'float32'],
  ['int32', 'bool'],
  ['bool', 'float32'],
  ['bool', 'int32'],
];

/** Element-wise kernels, with one operand, two of one shape, and two that broadcast. */
export function elementwise(size: Size): KernelCase[] {
  const shape = size.matrix;
  const [rows, columns] = shape;
  const pairs = [shape, [], [columns], [rows, 1]];
  return [
    ...Object.entries(ONE_INPUT).map(([kernel, spec]) =>
      sweepCase(kernel, {[inputOf(kernel)]: {...spec, shape}}, kernel === 'Softmax' ? {dim: 1} : {}),
    ),
    ...ONE_INT32.map((kernel) => sweepCase(kernel, {[inputOf(kernel)]: {shape, dtype: 'int32'}})),
    sweepCase('LogicalNot', {x: {shape, dtype: 'bool'}}),
    sweepCase('LeakyRelu', {x: {shape}}, {alpha: 0.2}),
    ...(['float32', 'int32'] as const).map((dtype) =>
      sweepCase('ClipByValue', {x: {shape, dtype}}, {clipValueMin: -1, clipValueMax: 1}),
    ),
    sweepCase('Prelu', {x: {shape}, alpha: {shape}}),
    sweepCase('Prelu', {x: {shape}, alpha: {shape: [columns]}}),
    sweepCase('EluGrad', {dy: {shape}, y: {shape}}),
    sweepCase('Atan2', {a: {shape}, b: {shape}}),
    ...CASTS.map(([from, dtype]) => sweepCase('Cast', {x: {shape, dtype: from}}, {dtype})),
    ...pairs.flatMap((second) => [
      ...(['float32', 'int32'] as const).flatMap((dtype) =>
        [...ARITHMETIC, ...COMPARISONS].map((kernel) =>
          sweepCase(kernel, {a: {shape, dtype, values: 'positive'}, b: {shape: second, dtype, values: 'positive'}}),
        ),
      ),
      ...[...LOGICAL, 'Equal', 'NotEqual'].map((kernel) =>
        sweepCase(kernel, {a: {shape, dtype: 'bool'}, b: {shape: second, dtype: 'bool'}}),
      ),
      sweepCase('BitwiseAnd', {a: {shape, dtype: 'int32'}, b: {shape: second, dtype: 'int32'}}),
    ]),
    ...(['float32', 'int32'] as const).map((dtype) =>
      sweepCase(
        'AddN',
        [1, 2, 3].map(() => ({shape, dtype})),
      ),
    ),
    ...(['float32', 'int32'] as const).flatMap((dtype) => [
      sweepCase('Select', {condition: {shape, dtype: 'bool'}, t: {shape, dtype}, e: {shape, dtype}}),
      sweepCase('Select', {condition: {shape: [rows], dtype: 'bool'}, t: {shape, dtype}, e: {shape, dtype}}),
      sweepCase('Fill', {}, {shape, value: 1, dtype}),
    ]),
    sweepCase('Range', {}, {start: 0, stop: size.elements, step: 1, dtype: 'float32'}),
    sweepCase('Range', {}, {start: 0, stop: size.elements, step: 1, dtype: 'int32'}),
    sweepCase('LinSpace', {}, {start: 0, stop: 1, num: size.elements}),
  ];
}

function inputOf(kernel: string): string {
  return kernel === 'Softmax' ? 'logits' : 'x';
}

function withValues(values: InputSpec['values'], kernels: readonly string[]): Record<string, Omit<InputSpec, 'shape'>> {
  return Object.fromEntries(kernels.map((kernel) => [kernel, {values}]));
}
