/** The gradients of a case by tfjs and by differences of the kernel's own outputs, on the active backend. */
import {addN, dispose, grads, mul, sum, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {makeInputs, type Output, runKernel} from './run';
import type {InputSpec, KernelCase} from './types';
import {makeValues} from './values';

/**
 * The step of the differences. In float32 an output is off by some 6e-8 of itself, so a difference over this step by
 * 4e-6; the five points leave an error of the step's fourth power, 3e-8 times the fifth derivative.
 */
const STEP = 2 ** -5;

/** An input to differentiate by. */
interface Variable {
  name: string;
  position: number;
  spec: InputSpec;
}

function variables({inputs, gradient}: KernelCase): Variable[] {
  const all = Object.entries(inputs).map(([name, spec]: [string, InputSpec], position) => ({name, position, spec}));
  return all.filter(({name, spec: {dtype = 'float32'}}) =>
    Array.isArray(gradient) ? gradient.includes(name) : dtype === 'float32',
  );
}

/** The weights that make one number, the loss, of the outputs: another for each value. */
export function weights(size: number, output: number): Float32Array {
  return makeValues({shape: [size], seed: 7}, output) as Float32Array;
}

/** The gradient of the loss by each variable, by tfjs; which needs the gradients to be registered. */
export function gradients(kernelCase: KernelCase): Output[] {
  const inputs = makeInputs(kernelCase);
  const names = variables(kernelCase).map(({name}) => name);
  const loss = (...values: Tensor[]) => {
    const given = {...inputs, ...Object.fromEntries(names.map((name, i) => [name, values[i]]))};
    const terms = runKernel(kernelCase, given).map((y, i) => sum(mul(y, tensor(weights(y.size, i), y.shape))));
    return addN(terms);
  };
  let results: Tensor[] = [];
  try {
    results = tidy(() => grads(loss)(names.map((name) => inputs[name])));
    return results.map((g) => ({shape: g.shape, dtype: g.dtype, values: g.dataSync()}));
  } finally {
    dispose([...results, ...Object.values(inputs)]);
  }
}

/** The same by differences of the kernel's outputs, which are weighted and summed in float64. */
export function finiteDifferences(kernelCase: KernelCase): Output[] {
  const inputs = makeInputs(kernelCase);
  const derivatives = ({name, position, spec}: Variable): Output => {
    const {shape} = inputs[name];
    const x = makeValues(spec, position) as Float32Array;
    const loss = (i: number, by: number) => {
      const moved = x.slice();
      moved[i] += by;
      return tidy(() => {
        const outputs = runKernel(kernelCase, {...inputs, [name]: tensor(moved, shape)});
        return outputs.reduce((total, y, k) => total + dot(y.dataSync(), weights(y.size, k)), 0);
      });
    };
    return {shape, dtype: 'float32', values: Array.from(x, (_, i) => derivative((by) => loss(i, by)))};
  };
  try {
    return variables(kernelCase).map(derivatives);
  } finally {
    dispose(Object.values(inputs));
  }
}

/** The derivative at 0, from five points. */
export function derivative(f: (by: number) => number): number {
  return (8 * (f(STEP) - f(-STEP)) - (f(2 * STEP) - f(-2 * STEP))) / (12 * STEP);
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}
