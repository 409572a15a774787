import {type BinaryOptions, binaryCases, emptyShapes, oddShapes, tails} from './sweeps';
import type {CaseOptions, InputSpec, KernelCase} from './types';

/** One operation of float32: nothing that could be rounded differently. */
const exact: CaseOptions = {tolerance: {ulp: 0}};
const int32 = {dtype: 'int32'} as const;
const bool = {dtype: 'bool'} as const;
const kinks = {values: 'distinct'} as const;
const dropsNan = 'it drops NaN';
const positive = {values: 'positive'} as const;

const shapes: readonly (readonly number[])[] = [...tails.map((n) => [n]), ...oddShapes, ...emptyShapes];

const differs = (because: string): CaseOptions => ({tfjsWasm: {differs: because}});

/** The kernel for float32 and for int32, whose special values tfjs-backend-wasm may give otherwise. */
function numeric(kernel: string, options: BinaryOptions, int32Special?: CaseOptions): KernelCase[] {
  return [...binaryCases(kernel, options), ...binaryCases(kernel, {template: int32, special: int32Special ?? true})];
}

/** The same of a quotient: among the divisors there is a 0, at which tfjs-backend-wasm traps. */
function quotient(kernel: string, options: BinaryOptions): KernelCase[] {
  const tfjsWasm = {skip: 'it traps at a division by 0'};
  return [...binaryCases(kernel, options), ...binaryCases(kernel, {template: int32, tfjsWasm})];
}

/** What tfjs-backend-wasm makes of the shapes of a Prelu: it knows alphas that are a scalar, a channel's, or x's. */
function tfjsWasmPrelu({inputs}: KernelCase): CaseOptions {
  const [x, alpha] = Object.values(inputs).map(({shape}: InputSpec) => shape);
  const size = alpha.reduce((product, n) => product * n, 1);
  if (size === 0) return {tfjsWasm: {skip: 'it traps at an empty alpha'}};
  const known = alpha.length <= x.length && (size === 1 || size === x.at(-1) || `${x}` === `${alpha}`);
  return known ? {} : differs('it broadcasts otherwise');
}

/** Periods that no short vector holds, where an operand is copied to scratch, and more than one chunk of 1024. */
function longRows(kernel: string, options: CaseOptions = {}): KernelCase[] {
  const pairs: [readonly number[], readonly number[]][] = [
    [[5, 225], [225]],
    [[1000], [3, 1000]],
    [[2, 240], [240]],
    [
      [40, 70],
      [40, 1],
    ],
    [
      [40, 80],
      [40, 1],
    ],
    [
      [3, 1],
      [1, 1504],
    ],
    [
      [1, 1500],
      [3, 1],
    ],
    [
      [5, 1, 9, 1],
      [1, 7, 1, 11],
    ],
    [
      [3, 11, 17, 5],
      [11, 1, 5],
    ],
    [[33, 35], []],
  ];
  return pairs.map(([a, b]) => ({
    ...options,
    kernel,
    name: `${kernel} long rows [${a}] [${b}]`,
    inputs: {a: {shape: a}, b: {shape: b}},
  }));
}

const large = (kernel: string, name: string, a: readonly number[], b: readonly number[]): KernelCase => ({
  kernel,
  name: `large, ${name}`,
  inputs: {a: {shape: a}, b: {shape: b}},
  bench: true,
  test: false,
});
const image = [128, 28, 28, 32];

const arithmetic: readonly KernelCase[] = [
  ...numeric('Add', {gradient: true, ...exact}),
  ...numeric('Sub', {gradient: true, ...exact}),
  ...numeric('Multiply', {gradient: true, ...exact}, differs('it keeps all bits of a product')),
  ...quotient('RealDiv', {second: positive, gradient: true, ...exact}),
  ...binaryCases('FloorDiv', {second: positive, ...differs('its result is float32')}),
  ...binaryCases('FloorDiv', {template: int32, second: {...positive, ...int32}, special: differs('it divides by 0')}),
  ...quotient('Mod', {special: differs('its NaN, zeros and large quotients are others'), ...exact}),
  ...numeric('Maximum', {
    template: kinks,
    second: {values: 'normal'},
    special: differs(dropsNan),
    gradient: true,
    gradientBroadcasts: false,
    ...exact,
  }),
  ...numeric('Minimum', {
    template: kinks,
    second: {values: 'normal'},
    special: differs(dropsNan),
    gradient: true,
    gradientBroadcasts: false,
    ...exact,
  }),
  ...numeric(
    'SquaredDifference',
    {gradient: true, gradientBroadcasts: false, tolerance: {ulp: 2}},
    differs('it keeps all bits of a square'),
  ),
  ...['Add', 'Sub', 'RealDiv', 'Pow'].flatMap((kernel) => longRows(kernel, {tolerance: {ulp: 1}})),
  ...binaryCases('Atan2', {template: kinks, gradient: true, tolerance: {ulp: 1}}),
  ...binaryCases('Pow', {
    template: positive,
    special: differs('1^NaN is 1 there'),
    gradient: true,
    tolerance: {ulp: 1},
  }),
  ...binaryCases('Pow', {
    template: {...int32, values: 'uniform', range: [-5, 5]},
    second: {...int32, values: 'uniform', range: [0, 12]},
    special: differs('it saturates'),
  }),
  ...binaryCases('BitwiseAnd', {template: int32}),
  ...binaryCases('Prelu', {
    inputs: ['x', 'alpha'],
    template: kinks,
    second: {values: 'normal'},
    gradient: true,
    ...exact,
  }).map((c) => ({...c, ...tfjsWasmPrelu(c)})),
  ...shapes.map((shape) => ({
    kernel: 'EluGrad',
    name: `[${shape}]`,
    inputs: {dy: {shape}, y: {shape}},
    tolerance: {ulp: 2},
  })),
  large('Add', 'same shape', image, image),
  large('Add', 'bias', image, [32]),
  large('Add', 'odd bias', [128, 28, 28, 6], [6]),
  large('Multiply', 'scalar', image, []),
  large('Sub', 'column', [100352, 32], [100352, 1]),
  large('Add', 'column of long rows', [1024, 1024], [1024, 1]),
  ...['Multiply', 'Pow'].map((kernel) => ({
    ...large(kernel, 'int32', [448, 224], [448, 224]),
    inputs: {a: {shape: [448, 224], ...positive, ...int32}, b: {shape: [448, 224], ...positive, ...int32}},
  })),
];

const comparisons: readonly KernelCase[] = [
  'Equal',
  'NotEqual',
  'Greater',
  'GreaterEqual',
  'Less',
  'LessEqual',
].flatMap((kernel) => [
  ...binaryCases(kernel),
  ...binaryCases(kernel, {template: {dtype: 'int32', values: 'uniform', range: [-2, 2]}}),
  ...binaryCases(kernel, {template: bool}),
  ...longRows(kernel),
]);

const logic: readonly KernelCase[] = ['LogicalAnd', 'LogicalOr', 'LogicalXor'].flatMap((kernel) => [
  ...binaryCases(kernel, {template: bool}),
  {
    kernel,
    name: 'long rows',
    inputs: {a: {shape: [3, 1500], ...bool}, b: {shape: [1500], ...bool}},
  },
  {
    kernel,
    name: 'long columns',
    inputs: {a: {shape: [70, 41], ...bool}, b: {shape: [70, 1], ...bool}},
  },
  {
    kernel,
    name: 'a column of long rows',
    inputs: {a: {shape: [7, 96], ...bool}, b: {shape: [7, 1], ...bool}},
  },
]);

function addN(name: string, inputs: readonly InputSpec[], options: CaseOptions = {}): KernelCase {
  return {kernel: 'AddN', name, inputs, ...options};
}

const sums: readonly KernelCase[] = [
  ...shapes.map((shape) => addN(`[${shape}]`, [{shape}, {shape}, {shape}], exact)),
  addN('one', [{shape: [50], values: 'special'}], {signedZero: true, ...exact}),
  addN('gradient', [{shape: [2, 3]}, {shape: [2, 3]}], {gradient: true, ...exact}),
  addN('int32', [
    {shape: [50], ...int32, values: 'extreme'},
    {shape: [50], ...int32, values: 'extreme'},
  ]),
  addN(
    'more than fit into one call',
    Array.from({length: 600}, () => ({shape: [5]})),
    exact,
  ),
];

/** Kernels with two inputs or more. */
export const cases: readonly KernelCase[] = [...arithmetic, ...comparisons, ...logic, ...sums];
