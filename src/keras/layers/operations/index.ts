import {ACTIVATION_OPERATIONS} from './activations.js';
import {ARRANGEMENT} from './arrangement.js';
import {ELEMENTWISE} from './elementwise.js';
import type {Operation} from './operation.js';
import {PRODUCTS} from './products.js';
import {REDUCTIONS} from './reductions.js';
import {SELECTION} from './selection.js';

const OPERATIONS = new Map(
  [ACTIVATION_OPERATIONS, ARRANGEMENT, ELEMENTWISE, PRODUCTS, REDUCTIONS, SELECTION].flatMap((table) =>
    Object.entries(table),
  ),
);

/**
 * An operation of Keras (`keras.ops`, and what Python's operators on tensors become) by its class in camel case; undefined
 * where it is none of those that are computed here.
 */
export function operationNamed(name: string): Operation | undefined {
  return OPERATIONS.get(name);
}

/** Whether an operation computes what it is told with this value of a parameter; to pass over one would change numbers. */
export function computes({parameters, accepts}: Operation, parameter: string, value: unknown): boolean {
  const accept = accepts[parameter];
  return accept ? accept(value) : value === null || value === false || parameters.includes(parameter);
}
