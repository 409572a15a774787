import {type DataType, type Optimizer, Tensor, Variable} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {Given} from '../shared/captured-steps.js';
import {type Dropout, isDropout, SEED, seedOf, withSeeds} from './dropout-seeds.js';

/** The property of an optimizer that may be another number in each step. */
const RATE = 'learningRate';
/** The property of a compiled model that trains it. */
const OPTIMIZER = 'optimizer_';

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
  private readonly settings: Setting[] = [];
  /** Properties that are other tensors, of the optimizer as a rule. */
  private readonly constants: {
    holder: Record<string, unknown>;
    key: string;
    shape: readonly number[];
    dtype: DataType;
  }[] = [];

  private readonly dropouts: Dropout[] = [];

  constructor(
    model: LayersModel,
    private readonly optimizer: Optimizer,
  ) {
    const variables = new Set<Variable>();
    const seen = new Set<object>();
    const visit = (holder: object) => {
      if (seen.has(holder)) return;
      seen.add(holder);
      for (const key of Object.keys(holder)) {
        if (LEFT_OUT.has(key) || (holder === optimizer && (key === ITERATIONS || key === RATE))) continue;
        // A model within this one may be trained by itself.
        if (key === OPTIMIZER && holder !== model) continue;
        if (key === SEED && isDropout(holder)) {
          this.dropouts.push(holder);
          continue;
        }
        const value = (holder as Record<string, unknown>)[key];
        if (value instanceof Tensor && !(value instanceof Variable)) {
          this.constants.push({holder: holder as Record<string, unknown>, key, shape: value.shape, dtype: value.dtype});
          continue;
        }
        this.settings.push({holder, key, value});
        if (Array.isArray(value)) this.settings.push({holder: value, key: 'length', value: value.length});
        if (value instanceof Variable) variables.add(value);
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
    for (const {holder, key, shape, dtype} of this.constants) {
      const tensor = holder[key];
      const isSame = tensor instanceof Tensor && tensor.dtype === dtype && String(tensor.shape) === String(shape);
      if (!isSame || tensor.isDisposed) return key;
    }
    return undefined;
  }

  /** Tensors that the step reads, which may be others each time. */
  get tensors(): Tensor[] {
    return this.constants.map(({holder, key}) => holder[key] as Tensor);
  }

  /**
   * What may be something else in each step: the learning rate, which an optimizer adds or subtracts, and the seeds of
   * dropout, which are drawn where a layer has none.
   */
  given(): Given {
    // As the step writes them: two that are the same in float32 do not tell where it does.
    const rate = Math.fround(Number((this.optimizer as unknown as Record<string, unknown>)[RATE]));
    return {
      numbers: [rate, -rate],
      seeds: this.dropouts.map(seedOf),
    };
  }

  /** Runs with copies of the tensors in their place, and with what was given. */
  runWith<T>(copies: readonly Tensor[], {seeds}: Given, run: () => T): T {
    const {tensors} = this;
    this.constants.forEach(({holder, key}, i) => {
      holder[key] = copies[i];
    });
    try {
      return withSeeds(this.dropouts, seeds, run);
    } finally {
      this.constants.forEach(({holder, key}, i) => {
        if (holder[key] === copies[i]) holder[key] = tensors[i];
        // The step gave up what it took for the tensor, as a recurrent layer does with the masks of the step before.
        if (copies[i].isDisposed) tensors[i].dispose();
      });
    }
  }
}

/** Whether a property's value has properties that count: a list, a plain object, or what can be serialized. */
function isPart(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  return Object.getPrototypeOf(value) === Object.prototype || 'getClassName' in value;
}
