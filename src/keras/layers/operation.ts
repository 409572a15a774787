import {type serialization, type Tensor, tidy, zeros} from '@tensorflow/tfjs-core';
import {KerasLayer, type Shape} from './base.js';
import {operationNamed} from './operations/index.js';
import {type Constant, Given, type Operation, type Value} from './operations/operation.js';

/** Where an argument is a tensor there stands its number among the inputs: `{input: 0}`. */
type Template = Constant;

interface Options {
  operation: string;
  /** The arguments of the call, in order. */
  arguments: Template[];
  /** What the operation's own configuration and the call's named arguments tell. */
  settings: Record<string, Template>;
}

/** An operation of Keras in the place of a layer: its inputs are the tensors among its arguments. */
export class KerasOperation extends KerasLayer<Options> {
  static readonly className = 'KerasOperation';

  constructor(config: serialization.ConfigDict) {
    super(config);
    // None is given on; and tfjs-layers would ask for one for each output.
    this.supportsMasking = false;
  }

  override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
    return tidy(() => {
      const tensors = [inputs].flat();
      const operation = operationNamed(this.options.operation) as Operation;
      const args = this.options.arguments.map((template) => filled(template, tensors));
      const settings = Object.entries(this.options.settings).map(([key, value]) => [key, filled(value, tensors)]);
      return operation.run(new Given(operation, args, Object.fromEntries(settings)));
    });
  }

  /** Found by trying: a side that changes with an input's free side is free. */
  override computeOutputShape(shape: Shape | Shape[]): Shape | Shape[] {
    const shapes = (Array.isArray(shape[0]) ? shape : [shape]) as Shape[];
    const [outputs, others] = [2, 3].map((free) => this.tried(shapes, free));
    const free = (one: Shape, other: Shape) => one.map((side, axis) => (side === other[axis] ? side : null));
    return isList(outputs)
      ? outputs.map((one, i) => free(one, (others as Shape[])[i]))
      : free(outputs, others as Shape);
  }

  override computeMask(): Tensor {
    return null as unknown as Tensor;
  }

  private tried(shapes: Shape[], free: number): Shape | Shape[] {
    return tidy(() => {
      const outputs = this.call(shapes.map((sides) => zeros(sides.map((side) => side ?? free))));
      return Array.isArray(outputs) ? outputs.map((output) => output.shape) : outputs.shape;
    });
  }
}

const isList = (shape: Shape | Shape[]): shape is Shape[] => Array.isArray(shape[0]);

function filled(template: Template, tensors: Tensor[]): Value {
  if (Array.isArray(template)) return template.map((item) => filled(item, tensors));
  if (template !== null && typeof template === 'object' && typeof template.input === 'number') {
    return tensors[template.input];
  }
  return template;
}
