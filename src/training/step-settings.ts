import {type Optimizer, Tensor, Variable} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';

interface Setting {
  readonly holder: object;
  readonly key: string;
  readonly value: unknown;
}

/** What leads from a layer to its neighbours, and what of a model is made by its other methods. */
const LEFT_OUT = new Set([
  ...['inboundNodes', 'outboundNodes'],
  ...['trainFunction', 'testFunction', 'predictFunction', 'history', 'isTraining', 'stopTraining_'],
]);
/** What of an optimizer counts its steps. */
export const ITERATIONS = 'iterations_';

/**
 * What a step of training reads in JavaScript: the properties of the model, its layers and its optimizer, and what of
 * tfjs's own they consist of, such as regularizers. While they are what they were, the step makes the same calls.
 */
export class StepSettings {
  /** Of the model and its optimizer. */
  readonly variables: readonly Variable[];
  /** Other tensors of the optimizer. */
  readonly constants: readonly Tensor[];
  private readonly settings: Setting[] = [];

  constructor(model: LayersModel, optimizer: Optimizer) {
    const variables = new Set<Variable>();
    const constants: Tensor[] = [];
    const seen = new Set<object>();
    const visit = (holder: object) => {
      if (seen.has(holder)) return;
      seen.add(holder);
      for (const key of Object.keys(holder)) {
        if (LEFT_OUT.has(key) || key === ITERATIONS) continue;
        const value = (holder as Record<string, unknown>)[key];
        this.settings.push({holder, key, value});
        if (value instanceof Variable) variables.add(value);
        else if (value instanceof Tensor) constants.push(value);
        else if (isPart(value)) visit(value);
      }
    };
    for (const weight of model.weights) {
      const variable = weight.read() as Variable;
      variables.add(variable);
      this.settings.push({holder: weight, key: 'val', value: variable});
      this.settings.push({holder: variable, key: 'trainable', value: variable.trainable});
    }
    visit(model);
    visit(optimizer);
    this.variables = [...variables];
    this.constants = constants;
  }

  /** Whether all is as it was. */
  get hold(): boolean {
    return this.changed === undefined;
  }

  /** The name of a property that has changed. */
  get changed(): string | undefined {
    for (const {holder, key, value} of this.settings) {
      if (!Object.is((holder as Record<string, unknown>)[key], value)) return key;
    }
    return undefined;
  }
}

/** Whether a property's value has properties that count: a list, a plain object, or what can be serialized. */
function isPart(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  return Object.getPrototypeOf(value) === Object.prototype || 'getClassName' in value;
}
