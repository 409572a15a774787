import type {NamedAttrMap} from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {everyDtype, int, OF_OUTPUT, type RandomCase, type RandomCases} from './types';

const dimensions = fc.array(int(1, 9), {minLength: 1, maxLength: 5});
const cases = fc.tuple(dimensions, fc.uniqueArray(fc.nat(4)), fc.boolean());

const reduction = (kernel: string) => {
  const dtype = kernel === 'Any' || kernel === 'All' ? 'bool' : 'float32';
  // A sum of both signs may be as small as its rounding.
  const values = kernel === 'Max' || kernel === 'Min' ? 'normal' : 'positive';
  return cases.map(([shape, chosen, keepDims]): RandomCase => {
    const axes = chosen.filter((axis) => axis < shape.length);
    const attrs: NamedAttrMap = kernel === 'Max' ? {reductionIndices: axes, keepDims} : {axis: axes, keepDims};
    return {inputs: {x: {shape, dtype, values}}, attrs, tolerance: OF_OUTPUT};
  });
};

const position = fc
  .tuple(dimensions, fc.nat(4))
  .map(([shape, axis]): RandomCase => ({inputs: {x: {shape}}, attrs: {axis: axis % shape.length}}));

const cumulative = fc.tuple(dimensions, fc.nat(4), fc.boolean(), fc.boolean(), everyDtype).map(
  ([shape, axis, exclusive, reverse, dtype]): RandomCase => ({
    inputs: {x: {shape, dtype, values: 'special'}},
    attrs: {axis: axis % shape.length, exclusive, reverse},
    tolerance: {ulp: 0},
  }),
);

/** One value of the result from all along some axes. */
export const random: RandomCases = {
  ...Object.fromEntries(
    ['Sum', 'Mean', 'Max', 'Min', 'Prod', 'Any', 'All'].map((kernel) => [kernel, reduction(kernel)]),
  ),
  ArgMax: position,
  ArgMin: position,
  Cumsum: cumulative,
  Cumprod: cumulative,
};
