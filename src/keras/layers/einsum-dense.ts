import {add, type serialization, type Tensor} from '@tensorflow/tfjs-core';
import {oneShape, type Shape, UnaryLayer, type Weight} from './base.js';
import {contract} from './contract.js';
import {create} from './create.js';

interface Options {
  equation: string;
  outputShape: number | (number | null)[];
  biasAxes?: string | null;
  activation?: string;
}

/** Dense along any axes: an equation like `abc,cd->abd` of the input and the kernel. */
export class EinsumDense extends UnaryLayer<Options> {
  static readonly className = 'EinsumDense';
  private kernel!: Weight;
  private bias: Weight | undefined;
  private readonly activation: {apply(x: Tensor): Tensor};

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.supportsMasking = false;
    this.activation = create(this.options.activation, 'linear');
  }

  override build(shape: Shape | Shape[]): void {
    const {input, kernel, output} = this.parsed(oneShape(shape).length);
    const sides = this.sides(oneShape(shape), input, output);
    this.kernel = this.weight(
      'kernel',
      [...kernel].map((letter) => sides.get(letter) as number),
    );
    const {biasAxes} = this.options;
    if (biasAxes) {
      // From the first axis that has a bias on: 1 for those that have none.
      const first = Math.min(...[...biasAxes].map((letter) => output.indexOf(letter)));
      const letters = [...output].slice(first);
      const shapeOfBias = letters.map((letter) => (biasAxes.includes(letter) ? (sides.get(letter) as number) : 1));
      this.bias = this.weight('bias', shapeOfBias, {initializer: 'zeros'});
    }
    this.built = true;
  }

  protected override compute(x: Tensor): Tensor {
    const {input, kernel, output} = this.parsed(x.rank);
    const product = contract(x, input, this.kernel.read(), kernel, output);
    return this.activation.apply(this.bias ? add(product, this.bias.read()) : product);
  }

  protected override resultShape(shape: Shape): Shape {
    const {input, output} = this.parsed(shape.length);
    const sides = this.sides(shape, input, output);
    return [...output].map((letter) => sides.get(letter) ?? null);
  }

  /** The equation's letters; `...` becomes letters that it does not use. */
  private parsed(rank: number): {input: string; kernel: string; output: string} {
    const [left, output] = this.options.equation.replace(/\s/g, '').split('->');
    const [input, kernel] = left.split(',');
    const free = [...'abcdefghijklmnopqrstuvwxyz'].filter((letter) => !this.options.equation.includes(letter));
    const dots = free.slice(0, rank - input.replace('...', '').length).join('');
    return {input: input.replace('...', dots), kernel, output: output.replace('...', dots)};
  }

  private sides(shape: Shape, input: string, output: string): Map<string, number | null> {
    const sides = new Map([...input].map((letter, i) => [letter, shape[i]]));
    const own = [this.options.outputShape].flat();
    // The output's shape is told without the batch.
    for (const [i, letter] of [...output].slice(output.length - own.length).entries()) {
      if (!sides.has(letter)) sides.set(letter, own[i]);
    }
    return sides;
  }
}
