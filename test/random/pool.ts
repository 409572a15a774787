import type {InputSpec} from '../cases/types';
import {OF_OUTPUT, type RandomCases} from './types';
import {pooled, type Window, windows} from './windows';

const tolerance = OF_OUTPUT;
const attrs = ({filter, strides, pad}: Window) => ({filterSize: filter, strides, pad});

const forward = windows.map((w) => ({inputs: {x: {shape: w.x}}, attrs: attrs(w), tolerance}));

/** No two values equal, or the gradient depends on which of them is taken for the maximum. */
const gradient = (hasOutput: boolean) =>
  windows.map((w) => {
    const dy: InputSpec = {shape: pooled(w)};
    const inputs: Record<string, InputSpec> = {dy, input: {shape: w.x, values: 'distinct'}};
    if (hasOutput) inputs.output = dy;
    return {inputs, attrs: attrs(w), tolerance};
  });

/** 2D pooling. */
export const random: RandomCases = {
  MaxPool: forward,
  AvgPool: forward,
  MaxPoolGrad: gradient(true),
  AvgPoolGrad: gradient(false),
};
