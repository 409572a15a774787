import {tensor, tidy} from '@tensorflow/tfjs-core';
import {KerasError} from '../error.js';
import type {Dataset} from '../hdf5.js';
import type {Weight} from './tree.js';

/** A value that is to become a weight's. */
export interface Assignment {
  weight: Weight;
  /** Where the value stands in the file. */
  path: string;
  shape: number[];
  data: Float32Array;
}

const FLOAT = 1;

/** Reads the value of a weight. @throws KerasError where it is not float32. */
export function assignmentOf(weight: Weight, path: string, dataset: Dataset): Assignment {
  const {type, size, shape} = dataset.metadata;
  if (type !== FLOAT || size !== 4) {
    throw new KerasError(`The weight ${path} is of ${8 * size} bits; expected float32, which tfjs-layers computes in.`);
  }
  return {weight, path, shape: shape ?? [], data: dataset.value as Float32Array};
}

/**
 * Gives all weights their values, bit for bit, or none.
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
  for (const {weight, shape, data} of assignments) {
    // A constraint would round values that it has already been applied to.
    const open = weight as {constraint: Weight['constraint'] | null};
    const {constraint} = open;
    open.constraint = null;
    try {
      tidy(() => {
        weight.write(tensor(data, shape, 'float32'));
      });
    } finally {
      open.constraint = constraint;
    }
  }
}
