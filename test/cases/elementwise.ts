import {type InputTemplate, unaryCases} from './sweeps';
import type {CaseOptions, KernelCase} from './types';

/** One operation of float32: nothing that could be rounded differently. */
const exact: CaseOptions = {tolerance: {ulp: 0}};
/** The CPU backend computes in double; the kernels' doc comments say how far float32 is off. */
const close: CaseOptions = {tolerance: {ulp: 1}};
const differs = (because: string): CaseOptions => ({tfjsWasm: {differs: because}});
const positiveZero = 'it gives 0 for -0';
const takesBits = differs('it takes the bits for those of a float32');
const kinks = {values: 'distinct'} as const;
const int32 = {dtype: 'int32'} as const;
const withinOne = {values: 'uniform', range: [-0.9, 0.9]} as const;

const large = (kernel: string, template: InputTemplate = {}): KernelCase => ({
  kernel,
  name: 'large',
  inputs: {x: {...template, shape: [128, 28, 28, 32]}},
  bench: true,
  test: false,
});

/** unaryCases, with the attributes in their names. */
function withAttrs(kernel: string, name: string, options: Parameters<typeof unaryCases>[1]): KernelCase[] {
  return unaryCases(kernel, options).map((c) => ({...c, name: `${name} ${c.name}`}));
}

const arithmetic: readonly KernelCase[] = [
  ...unaryCases('Abs', {template: kinks, gradient: true, ...exact}),
  // The CPU backend squares, and takes magnitudes, in float32, which is right up to 2^24.
  ...unaryCases('Abs', {template: int32, special: false}),
  ...unaryCases('Square', {gradient: true, ...exact}),
  ...unaryCases('Square', {template: int32, special: false}),
  ...['Ceil', 'Floor'].flatMap((kernel) => unaryCases(kernel, exact)),
  ...unaryCases('Round', {special: differs('it rounds -0.5 to -0'), ...exact}),
  ...['Ceil', 'Floor', 'Round'].map((kernel) => ({
    kernel,
    name: 'int32',
    inputs: {x: {shape: [3, 7], ...int32}},
    ...(kernel !== 'Round' && takesBits),
  })),
  ...unaryCases('Neg', {gradient: true, ...exact}),
  ...unaryCases('Neg', {template: int32, special: differs('it negates in float32')}),
  ...unaryCases('Reciprocal', {template: {values: 'positive'}, gradient: true, ...exact}),
  ...unaryCases('Rsqrt', {template: {values: 'positive'}, gradient: true, tolerance: {ulp: 1.5}}),
  ...unaryCases('Sqrt', {template: {values: 'positive'}, gradient: true, ...exact}),
  ...unaryCases('Sign', {special: differs('it gives 1 for the largest float32'), ...exact}),
  ...unaryCases('Sign', {template: int32}),
  ...withAttrs('ClipByValue', '-1 to 0.5', {
    attrs: {clipValueMin: -1, clipValueMax: 0.5},
    template: kinks,
    special: differs('it turns NaN into the lower bound'),
    gradient: true,
  }),
  ...withAttrs('ClipByValue', '0 to infinity', {
    attrs: {clipValueMin: 0, clipValueMax: Number.POSITIVE_INFINITY},
    special: differs(positiveZero),
  }),
  // Bounds in the wrong order, of which neither is the first to count, and none.
  ...[
    [0.5, -1],
    [Number.NaN, Number.NaN],
  ].map(([clipValueMin, clipValueMax]) => ({
    kernel: 'ClipByValue',
    name: `${clipValueMin} to ${clipValueMax}`,
    inputs: {x: {shape: [150], values: 'special' as const}},
    attrs: {clipValueMin, clipValueMax},
    signedZero: true,
    tfjsWasm: {skip: 'XNNPACK refuses such bounds, and the result is left unwritten'},
  })),
  ...[
    {shape: [67], ...int32},
    {shape: [150], ...int32, values: 'special' as const},
  ].map((x) => ({
    kernel: 'ClipByValue',
    name: `-7.5 to 3.5 int32 [${x.shape}]`,
    inputs: {x},
    attrs: {clipValueMin: -7.5, clipValueMax: 3.5},
    ...takesBits,
  })),
  ...['IsFinite', 'IsInf', 'IsNan'].flatMap((kernel) => unaryCases(kernel)),
  ...unaryCases('LogicalNot', {template: {dtype: 'bool'}}),
];

const activations: readonly KernelCase[] = [
  // The CPU backend subtracts 1 from e^x, which loses what is small.
  ...unaryCases('Elu', {
    special: differs(positiveZero),
    template: kinks,
    gradient: true,
    tolerance: {ulp: 2, absolute: 2e-16},
  }),
  ...unaryCases('Selu', {
    special: differs('it gives 0 for -0'),
    template: kinks,
    gradient: true,
    tolerance: {ulp: 3, absolute: 4e-16},
  }),
  ...withAttrs('LeakyRelu', '0.2', {attrs: {alpha: 0.2}, template: kinks, gradient: true, tolerance: {ulp: 1.5}}),
  ...withAttrs('LeakyRelu', '0.3', {attrs: {alpha: 0.3}, template: int32, tolerance: {ulp: 2}}),
  ...unaryCases('Relu', {template: kinks, gradient: true, ...exact}),
  ...unaryCases('Relu', {template: int32}),
  ...unaryCases('Relu6', {template: kinks, special: differs('it turns NaN into 0'), gradient: true, ...exact}),
  ...unaryCases('Relu6', {template: int32}),
  ...unaryCases('Sigmoid', {gradient: true, tolerance: {ulp: 3}}),
  // Beyond 13.9 the CPU backend takes x for ln(1 + e^x), and e^x on the other side.
  ...unaryCases('Softplus', {gradient: true, tolerance: {relative: 1e-6}}),
  ...withAttrs('Step', '0', {attrs: {alpha: 0}, ...exact}),
  ...withAttrs('Step', '0.25', {attrs: {alpha: 0.25}, ...exact}),
  ...withAttrs('Step', '3', {attrs: {alpha: 3}, template: int32}),
  ...unaryCases('Tanh', {gradient: true, tolerance: {ulp: 3}}),
  large('Relu'),
  large('Sigmoid'),
  large('Tanh'),
];

const transcendental: readonly KernelCase[] = [
  ...['Acos', 'Asin'].flatMap((kernel) => unaryCases(kernel, {template: withinOne, gradient: true, ...close})),
  // Steep towards 1, where the finite differences are less exact.
  ...unaryCases('Atanh', {template: withinOne, gradient: true, gradientTolerance: 5e-3, ...close}),
  ...unaryCases('Acosh', {template: {values: 'uniform', range: [1.1, 4]}, gradient: true, ...close}),
  ...['Asinh', 'Atan', 'Cosh', 'Sinh', 'Tan'].flatMap((kernel) =>
    unaryCases(kernel, {template: withinOne, gradient: true, ...close}),
  ),
  ...['Cos', 'Sin'].flatMap((kernel) =>
    unaryCases(kernel, {
      template: withinOne,
      special: differs('it does not reduce large angles exactly'),
      gradient: true,
      tfjsWasm: {tolerance: {absolute: 1e-6}, because: 'it computes in float32'},
      ...close,
    }),
  ),
  ...['Cos', 'Sin', 'Tan'].map((kernel) => ({
    kernel,
    name: 'angles of every size',
    inputs: {x: {shape: [9, 64], values: Array.from({length: 576}, (_, i) => (i % 2 ? 1 : -1) * 1e-10 * 1.2 ** i)}},
    ...(kernel !== 'Tan' && differs('it does not reduce large angles exactly')),
    ...close,
  })),
  // tfjs's formula is off by up to 1.5e-7.
  ...unaryCases('Erf', {gradient: true, tolerance: {absolute: 2e-7}}),
  ...unaryCases('Exp', {gradient: true, tolerance: {ulp: 2}}),
  ...unaryCases('Exp', {template: int32, tolerance: {ulp: 2}}),
  ...unaryCases('Expm1', {gradient: true, tolerance: {ulp: 2}}),
  ...unaryCases('Log', {template: {values: 'positive'}, gradient: true, ...close}),
  ...unaryCases('Log1p', {
    template: {values: 'positive'},
    special: differs(positiveZero),
    gradient: true,
    tolerance: {ulp: 2},
  }),
  large('Exp'),
  large('Log', {values: 'positive'}),
];

/** Kernels with one input. */
export const cases: readonly KernelCase[] = [...arithmetic, ...activations, ...transcendental];
