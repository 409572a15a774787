import type {DataType, NamedAttrMap} from '@tensorflow/tfjs-core';
import fc, {type Arbitrary} from 'fast-check';
import type {InputTemplate} from '../cases/sweeps';
import type {Tolerance} from '../cases/types';
import {anyShape, EXACT, family, int, type RandomCase, type RandomCases, smallShapes, withGradient} from './types';

interface Unary {
  /** By default float32 alone. */
  dtypes?: readonly DataType[];
  tolerance?: Tolerance;
  /** int32 where not every value will do. */
  int32?: InputTemplate;
  attrs?: Arbitrary<NamedAttrMap>;
  /** Values at which finite differences tell the gradient, where tfjs has one. */
  smooth?: InputTemplate;
  /** The attributes for those, where not all will do. */
  smoothAttrs?: Arbitrary<NamedAttrMap>;
}

const anyLength = fc.oneof(
  anyShape,
  int(0, 300).map((n) => [n]),
);

function unary(options: Unary): Arbitrary<RandomCase> {
  const {dtypes = ['float32'], tolerance = EXACT, int32, attrs = fc.constant({}), smooth} = options;
  const cases = fc
    .tuple(anyLength, fc.constantFrom(...dtypes), fc.constantFrom('mixed' as const, 'normal' as const), attrs)
    .map(([shape, dtype, values, attrs]): RandomCase => {
      const drawn = dtype === 'int32' && int32 ? int32 : {values};
      return {inputs: {x: {shape, dtype, ...drawn}}, attrs, tolerance, signedZero: true};
    });
  if (!smooth) return cases;
  const differentiable = fc
    .tuple(smallShapes, options.smoothAttrs ?? attrs)
    .map(([shape, attrs]): RandomCase => ({inputs: {x: {shape, ...smooth}}, attrs, tolerance}));
  return withGradient(cases, differentiable);
}

const {NaN: nan, POSITIVE_INFINITY: infinity} = Number;
const numeric = ['float32', 'int32'] as const;
const any = ['float32', 'int32', 'bool'] as const;
const kinks: InputTemplate = {values: 'distinct'};
const normal: InputTemplate = {values: 'normal'};
const between = (low: number, high: number): InputTemplate => ({values: 'uniform', range: [low, high]});
/** The CPU backend computes in double; the kernels' doc comments say how far float32 is off. */
const close: Tolerance = {ulp: 1};

const alpha = (values: Arbitrary<number>) => values.map((alpha) => ({alpha}));
const slopes = fc.constantFrom(0, 1, 0.2, 0.3, -0.5, -1, 1.75, 3);
const anySlope = fc.oneof(slopes, fc.constantFrom(nan, infinity));

const clip = (low: Arbitrary<number>, high: Arbitrary<number>) =>
  fc.tuple(low, high).map(([clipValueMin, clipValueMax]) => ({clipValueMin, clipValueMax}));
/** Which the distinct values are not: no finite difference goes across. */
const quarters = int(-8, 8).map((n) => n / 4);
const anyBound = fc.oneof(quarters, fc.constantFrom(0.1, -7.6, 1e-40, -1e20, nan, infinity, -infinity));
// An int32 cannot be what lies beyond its range, nor lie between bounds in the wrong order with a fraction.
const lowInt = fc.oneof(
  int(-40, 0).map((n) => n / 4),
  fc.constantFrom(-3e9, nan, -infinity),
);
const highInt = fc.oneof(
  int(0, 40).map((n) => n / 4),
  fc.constantFrom(3e9, nan, infinity),
);

/** Kernels with one input. */
export const random: RandomCases = {
  ...family<Unary>(
    {
      // The CPU backend takes magnitudes, and squares, in float32, which is right up to 2^24.
      Abs: {dtypes: numeric, int32: between(-(2 ** 24), 2 ** 24), smooth: kinks},
      Square: {dtypes: numeric, int32: between(-(2 ** 12), 2 ** 12), smooth: normal},
      Acos: {tolerance: close, smooth: between(-0.6, 0.6)},
      Acosh: {tolerance: close, smooth: between(1.5, 4)},
      Asin: {tolerance: close, smooth: between(-0.6, 0.6)},
      Asinh: {tolerance: close, smooth: between(-2, 2)},
      Atan: {tolerance: close, smooth: between(-2, 2)},
      Atanh: {tolerance: close, smooth: between(-0.6, 0.6)},
      Ceil: {dtypes: any, smooth: kinks},
      Cos: {tolerance: close, smooth: normal},
      Cosh: {tolerance: close, smooth: between(-2, 2)},
      // The CPU backend subtracts 1 from e^x, which loses what is small.
      Elu: {tolerance: {ulp: 2, absolute: 2e-16}, smooth: kinks},
      // tfjs's formula is off by up to 1.5e-7.
      Erf: {tolerance: {absolute: 2e-7}, smooth: normal},
      Exp: {dtypes: numeric, tolerance: {ulp: 2}, smooth: normal},
      Expm1: {tolerance: {ulp: 2}, smooth: normal},
      Floor: {dtypes: any, smooth: kinks},
      IsFinite: {},
      IsInf: {},
      IsNan: {},
      LeakyRelu: {
        dtypes: numeric,
        tolerance: {ulp: 2},
        attrs: alpha(anySlope),
        smooth: kinks,
        smoothAttrs: alpha(slopes),
      },
      Log: {tolerance: close, smooth: between(0.5, 4)},
      Log1p: {tolerance: {ulp: 2}, smooth: between(0, 4)},
      LogicalNot: {dtypes: ['bool']},
      Neg: {dtypes: [...numeric, 'complex64'], smooth: normal},
      Reciprocal: {smooth: between(0.5, 4)},
      Relu: {dtypes: numeric, smooth: kinks},
      Relu6: {dtypes: numeric, smooth: kinks},
      Round: {dtypes: any, smooth: kinks},
      Rsqrt: {tolerance: {ulp: 1.5}, smooth: between(0.5, 4)},
      Selu: {tolerance: {ulp: 3, absolute: 4e-16}, smooth: kinks},
      Sigmoid: {tolerance: {ulp: 3}, smooth: normal},
      Sign: {dtypes: numeric, smooth: kinks},
      Sin: {tolerance: close, smooth: normal},
      Sinh: {tolerance: close, smooth: between(-2, 2)},
      // Beyond 13.9 the CPU backend takes x for ln(1 + e^x), and e^x on the other side.
      Softplus: {tolerance: {relative: 1e-6}, smooth: normal},
      Sqrt: {smooth: between(0.5, 4)},
      Step: {dtypes: numeric, attrs: alpha(anySlope), smooth: kinks, smoothAttrs: alpha(slopes)},
      Tan: {tolerance: close, smooth: between(-0.6, 0.6)},
      Tanh: {tolerance: {ulp: 3}, smooth: normal},
    },
    unary,
  ),
  ComplexAbs: anyShape.map((shape) => ({
    inputs: {x: {shape, dtype: 'complex64', values: 'special'}},
    tolerance: close,
  })),
  ClipByValue: fc.oneof(
    unary({attrs: clip(anyBound, anyBound), smooth: kinks, smoothAttrs: clip(quarters, quarters)}),
    unary({dtypes: ['int32'], attrs: clip(lowInt, highInt)}),
  ),
};
