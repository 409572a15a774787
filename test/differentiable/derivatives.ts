/** First and second derivatives of a case, by tfjs and by differences, on the active backend. */
import {addN, dispose, engine, grads, mul, sum, type Tensor, tensor, tidy} from '@tensorflow/tfjs-core';
import {derivative, dot, weights} from '../cases/gradients';
import type {Output} from '../cases/output';
import {makeValues} from '../cases/values';
import type {DifferentiableCase} from './types';

type Tensors = (...inputs: Tensor[]) => Tensor[];

/** The outputs of a case. */
function outputs({run}: DifferentiableCase): Tensors {
  return (...inputs) => {
    const result = run(...inputs);
    return Array.isArray(result) ? result : [result];
  };
}

/** The gradient of the outputs, weighted and summed, by each input. */
function gradientsOf(run: Tensors): Tensors {
  const loss = (...inputs: Tensor[]) => addN(run(...inputs).map((y, i) => sum(mul(y, weightsOf(y, i)))));
  return (...inputs) => grads(loss)(inputs);
}

const weightsOf = (y: Tensor, output: number) => tensor(weights(y.size, output), y.shape);

/** With zeros of the inputs: where a gradient does not depend on an input, tfjs-core refuses to differentiate it. */
function withInputs(run: Tensors): Tensors {
  return (...inputs) => [...run(...inputs), ...inputs.map((input) => mul(input, 0))];
}

/** Of a case by its inputs: its derivatives by tfjs, and what the differences of its outputs say. */
export interface Derivatives {
  byTfjs(): Output[];
  byDifferences(): Output[];
}

export function derivatives(differentiableCase: DifferentiableCase, order: 1 | 2): Derivatives {
  const first = outputs(differentiableCase);
  const run = order === 1 ? first : withInputs(gradientsOf(first));
  const values = differentiableCase.inputs.map((spec, i) => makeValues(spec, i) as Float32Array);
  const inputs = () => values.map((value, i) => tensor(value, [...differentiableCase.inputs[i].shape], 'float32'));
  return {
    byTfjs: () => {
      const given = inputs();
      let results: Tensor[] = [];
      try {
        results = disposingIfItThrows(() => tidy(() => gradientsOf(run)(...given)));
        return results.map((g) => ({shape: g.shape, dtype: g.dtype, values: g.dataSync()}));
      } finally {
        dispose([...results, ...given]);
      }
    },
    byDifferences: () => {
      const given = inputs();
      const loss = (input: number, element: number, by: number) =>
        tidy(() => {
          const moved = values[input].slice();
          moved[element] += by;
          const shape = given[input].shape;
          const at = given.map((t, i) => (i === input ? tensor(moved, shape) : t));
          return run(...at).reduce((total, y, i) => total + dot(y.dataSync(), weights(y.size, i)), 0);
        });
      try {
        return values.map((value, input) => ({
          shape: given[input].shape,
          dtype: 'float32',
          values: Array.from(value, (_, i) => derivative((by) => loss(input, i, by))),
        }));
      } finally {
        dispose(given);
      }
    },
  };
}

/** A gradient that throws keeps the tensors that were saved for it. */
function disposingIfItThrows<T>(run: () => T): T {
  const {keep} = engine();
  const kept: Tensor[] = [];
  engine().keep = (result) => {
    kept.push(result);
    return keep.call(engine(), result) as typeof result;
  };
  try {
    return run();
  } catch (error) {
    dispose(kept);
    throw error;
  } finally {
    engine().keep = keep;
  }
}
