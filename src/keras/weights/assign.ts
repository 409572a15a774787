import {tensor, tidy} from '@tensorflow/tfjs-core';
import {KerasError} from '../error.js';
import type {Dataset} from '../hdf5.js';
import type {Weight} from './tree.js';

/** A value that is to become a weight's; it is not read yet. */
export interface Assignment {
  weight: Weight;
  /** Where the value stands in the file. */
  path: string;
  shape: number[];
  read(): Float32Array;
}

const FLOAT = 1;

/** @throws KerasError where the value is not float32. */
export function assignmentOf(weight: Weight, path: string, dataset: Dataset): Assignment {
  const {type, size, shape} = dataset.metadata;
  if (type !== FLOAT || size !== 4) {
    throw new KerasError(`The weight ${path} is of ${8 * size} bits; expected float32, which tfjs-layers computes in.`);
  }
  return {weight, path, shape: shape ?? [], read: () => dataset.floats()};
}

/**
 * Gives all weights their values, bit for bit, or none.
 *
 * No value is read before all shapes have been compared: what a file claims takes no memory where the model has none for it.
 *
 * @throws KerasError that lists every shape which does not fit.
 */
export function assignAll(assignments: readonly Assignment[]): void {
  const wrong = assignments.filter(({weight, shape}) => shape.join() !== weight.shape.join());
  if (wrong.length > 0) {
    const lines = wrong.map(
      ({weight, path, shape}) => `  ${path} is [${shape}], ${weight.originalName} is [${weight.shape}]`,
    );
    throw new KerasError(`The file's weights do not fit the model:\n${lines.join('\n')}`);
  }
  // All of them before the first is set: the file may be damaged in any.
  const values = assignments.map((one) => one.read());
  for (const [i, {weight}] of assignments.entries()) {
    // A constraint would round values that it has already been applied to.
    const open = weight as {constraint: Weight['constraint'] | null};
    const {constraint} = open;
    open.constraint = null;
    try {
      tidy(() => {
        weight.write(tensor(values[i], weight.shape as number[], 'float32'));
      });
    } finally {
      open.constraint = constraint;
    }
  }
}
