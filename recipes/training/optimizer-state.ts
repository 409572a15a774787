import {type AdamaxOptimizer, type Optimizer, scalar, type Tensor} from '@tensorflow/tfjs-core';

/**
 * What tfjs keeps in an optimizer beside its weights, by the optimizer's class. It restores the powers of Adam by `pow`, while
 * training multiplies: 0.63685095 and 0.63685083 after 450 steps.
 */
const SCALARS: Readonly<Record<string, readonly string[]>> = {
  Adam: ['accBeta1', 'accBeta2'],
  Adamax: ['accBeta1', 'iteration'],
};

/** The scalars of an optimizer that its own getWeights leaves out, by their names; plain JSON, bit by bit. */
export async function scalarsOf(optimizer: Optimizer): Promise<Record<string, number>> {
  const variables = scalarVariables(optimizer);
  const values = await Promise.all(variables.map(async ([name, variable]) => [name, (await variable.data())[0]]));
  return Object.fromEntries(values);
}

/** Sets what scalarsOf gave, after the optimizer's setWeights. */
export function restoreScalars(optimizer: Optimizer, scalars: Readonly<Record<string, number>>): void {
  for (const [name, variable] of scalarVariables(optimizer)) {
    const value = scalar(scalars[name]);
    variable.assign(value);
    value.dispose();
  }
}

interface Assignable extends Tensor {
  assign(value: Tensor): void;
}

function scalarVariables(optimizer: Optimizer): [name: string, variable: Assignable][] {
  const variables = optimizer as unknown as Record<string, Assignable>;
  return (SCALARS[optimizer.getClassName()] ?? []).map((name) => [name, variables[name]]);
}

interface NamedTensor {
  name: string;
  tensor: Tensor;
}

interface Moment {
  originalName: string;
  variable: Tensor;
}

interface AdamaxState {
  accumulatedFirstMoment: Moment[];
  accumulatedWeightedInfNorm: Moment[];
  saveIterations(): Promise<NamedTensor>;
  extractIterations(weights: NamedTensor[]): Promise<NamedTensor[]>;
}

/** Adamax that can be saved: tfjs's own throws. Its weights are in the order of Adam's. */
export function savableAdamax(optimizer: AdamaxOptimizer): AdamaxOptimizer {
  const state = optimizer as unknown as AdamaxState;
  return Object.assign(optimizer, {
    async getWeights(): Promise<NamedTensor[]> {
      const moments = [...state.accumulatedFirstMoment, ...state.accumulatedWeightedInfNorm];
      return [
        await state.saveIterations(),
        ...moments.map(({originalName: name, variable: tensor}) => ({name, tensor})),
      ];
    },
    async setWeights(weights: NamedTensor[]): Promise<void> {
      const moments = (await state.extractIterations(weights)).map(({name, tensor}) => ({
        originalName: name,
        variable: tensor.variable(false),
      }));
      state.accumulatedFirstMoment = moments.slice(0, moments.length / 2);
      state.accumulatedWeightedInfNorm = moments.slice(moments.length / 2);
    },
  });
}
