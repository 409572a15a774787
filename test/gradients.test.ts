import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients, which tfjs-core alone does not.
import '@tensorflow/tfjs-layers';
import 'mnist-wasm';
import {addN, dispose, grads, mul, setBackend, sum, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {describe, it} from 'vitest';
import {expectAgreement} from './agreement';
import {allCases} from './cases';
import {difference} from './cases/compare';
import {makeInputs, type Output, runKernel} from './cases/run';
import type {InputSpec, KernelCase} from './cases/types';
import {makeValues} from './cases/values';

/**
 * The step of the differences. In float32 an output is off by some 6e-8 of itself, so a difference over this step by
 * 4e-6; the five points leave an error of the step's fourth power, 3e-8 times the fifth derivative.
 */
const STEP = 2 ** -5;

const cases = allCases.filter((c) => c.gradient);

describe.for([...new Set(cases.map(({kernel}) => kernel))].sort())('%s', (kernel) => {
  it.for(cases.filter((c) => c.kernel === kernel).map((c) => [c.name, c] as const))('%s', async ([, kernelCase]) => {
    await setBackend('cpu');
    const onCpu = gradients(kernelCase);
    await setBackend('mnist-wasm');
    const actual = gradients(kernelCase);
    expectAgreement(difference(onCpu, actual, {relative: 1e-5, of: 'output'}), 'the CPU backend');
    const relative = kernelCase.gradientTolerance ?? 2e-3;
    const expected = finiteDifferences(kernelCase);
    expectAgreement(difference(expected, actual, {relative, of: 'output'}), 'finite differences');
  });
});

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
function weights(size: number, output: number): Float32Array {
  return makeValues({shape: [size], seed: 7}, output) as Float32Array;
}

/** The gradient of the loss by each variable, by tfjs, on the active backend. */
function gradients(kernelCase: KernelCase): Output[] {
  const inputs = makeInputs(kernelCase);
  const names = variables(kernelCase).map(({name}) => name);
  const results = tidy(() => {
    const loss = (...values: Tensor[]) => {
      const given = {...inputs, ...Object.fromEntries(names.map((name, i) => [name, values[i]]))};
      const terms = runKernel(kernelCase, given).map((y, i) => sum(mul(y, tensor(weights(y.size, i), y.shape))));
      return addN(terms);
    };
    return grads(loss)(names.map((name) => inputs[name]));
  });
  const outputs = results.map((g) => ({shape: g.shape, dtype: g.dtype, values: g.dataSync()}));
  dispose([...results, ...Object.values(inputs)]);
  return outputs;
}

/** The same by differences of the kernel's outputs, which are weighted and summed in float64. */
function finiteDifferences(kernelCase: KernelCase): Output[] {
  const inputs = makeInputs(kernelCase);
  const results = variables(kernelCase).map(({name, position, spec}): Output => {
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
    const derivative = (i: number) =>
      (8 * (loss(i, STEP) - loss(i, -STEP)) - (loss(i, 2 * STEP) - loss(i, -2 * STEP))) / (12 * STEP);
    return {shape, dtype: 'float32', values: Array.from(x, (_, i) => derivative(i))};
  });
  dispose(Object.values(inputs));
  return results;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}
