import * as tf from '@tensorflow/tfjs-core';

export type Tensor = tf.Tensor;
export type Constant = null | boolean | number | string | {[key: string]: Constant} | Constant[];
export type Value = Tensor | Constant | Value[];

/** An operation of Keras: what it is told, and what it computes of it. */
export interface Operation {
  /** In the order in which they stand in a call; `...` before the one that takes all that a call gives. */
  readonly parameters: readonly string[];
  /** Which values of a parameter are computed, where not all are. */
  readonly accepts: Readonly<Record<string, (value: unknown) => boolean>>;
  run(given: Given): Tensor | Tensor[];
}

/** @param parameters Their names in camel case, separated by spaces. */
export function operation(parameters: string, run: Operation['run'], accepts: Operation['accepts'] = {}): Operation {
  return {parameters: parameters.split(' '), accepts, run};
}

export const isOneOf =
  (...values: unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);

export const isNumber = (value: unknown): boolean => typeof value === 'number';

/** What a call and an operation's configuration give, by the parameters' names. */
export class Given {
  private readonly values: ReadonlyMap<string, Value>;

  constructor({parameters}: Operation, args: readonly Value[], settings: Readonly<Record<string, Value>>) {
    const [first] = parameters;
    const placed: [string, Value][] = first.startsWith('...')
      ? [[first.slice(3), [...args]]]
      : args.map((value, i) => [parameters[i], value]);
    this.values = new Map([...placed, ...Object.entries(settings)]);
  }

  /** Also where it is null. */
  has(name: string): boolean {
    return this.values.has(name);
  }

  value(name: string): Value | undefined {
    return this.values.get(name) ?? undefined;
  }

  /** As it is; a number or a list stands for the tensor of it. */
  tensor(name = 'x'): Tensor {
    return tensorOf(this.value(name));
  }

  tensors(name = 'x'): Tensor[] {
    return (this.value(name) as Value[]).map(tensorOf);
  }

  /** In float32, which arithmetic is done in: integers and truths have no functions of their own here. */
  numbers(name = 'x'): Tensor {
    return numbers(this.tensor(name));
  }

  truths(name = 'x'): Tensor {
    return tf.cast(this.tensor(name), 'bool');
  }

  number(name: string, otherwise: number): number {
    return (this.value(name) ?? otherwise) as number;
  }

  flag(name: string, otherwise = false): boolean {
    return Boolean(this.value(name) ?? otherwise);
  }

  /** One number or several. */
  list(name: string): number[] | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : ([value].flat() as number[]);
  }
}

function tensorOf(value: Value | undefined): Tensor {
  if (value === undefined) throw new Error('the operation was called without one of its tensors');
  return value instanceof tf.Tensor ? value : tf.tensor(value as number);
}

function numbers(x: Tensor): Tensor {
  return x.dtype === 'float32' ? x : tf.cast(x, 'float32');
}
