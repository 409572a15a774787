import {add, matMul, mul, type serialization, split, sub, type Tensor, tidy, unstack} from '@tensorflow/tfjs-core';
import {KerasLayer, type Kwargs, oneShape, type Shape, type Weight} from './base.js';
import {dropoutMasks} from './cell-dropout.js';
import {create} from './create.js';

interface Activation {
  apply(x: Tensor): Tensor;
}

interface Options {
  units: number;
  activation?: string;
  recurrentActivation?: string;
  useBias?: boolean;
  dropout?: number;
  recurrentDropout?: number;
}

/**
 * A step of a GRU whose reset gate comes after the product with the recurrent kernel, Keras's default (`reset_after`)
 * and cuDNN's: two biases, [2, 3 units]. tfjs-layers has the other GRU only.
 */
export class KerasGRUCell extends KerasLayer<Options> {
  static readonly className = 'KerasGRUCell';
  readonly stateSize: number;
  dropoutMask: Tensor | null = null;
  recurrentDropoutMask: Tensor | null = null;
  private kernel!: Weight;
  private recurrentKernel!: Weight;
  private bias: Weight | undefined;
  private readonly activation: Activation;
  private readonly recurrentActivation: Activation;

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.stateSize = this.options.units;
    this.activation = create(this.options.activation, 'tanh');
    this.recurrentActivation = create(this.options.recurrentActivation, 'sigmoid');
  }

  override build(shape: Shape | Shape[]): void {
    const {units, useBias = true} = this.options;
    this.kernel = this.weight('kernel', [oneShape(shape).at(-1) as number, 3 * units]);
    this.recurrentKernel = this.weight('recurrent_kernel', [units, 3 * units], {
      initializer: 'orthogonal',
      of: 'recurrent',
    });
    if (useBias) this.bias = this.weight('bias', [2, 3 * units], {initializer: 'zeros'});
    this.built = true;
  }

  /** @param inputs [x, h]. @returns [output, h]. */
  override call(inputs: Tensor | Tensor[], kwargs: Kwargs = {}): Tensor[] {
    return tidy(() => {
      const {dropout = 0, recurrentDropout = 0} = this.options;
      const [x, h] = dropoutMasks(this, inputs as Tensor[], {dropout, recurrentDropout}, kwargs?.training === true);
      const [inputBias, recurrentBias] = this.bias ? unstack(this.bias.read()) : [];
      const fromInput = affine(x, this.kernel, inputBias);
      const fromState = affine(h, this.recurrentKernel, recurrentBias);
      const [xz, xr, xh] = split(fromInput, 3, -1);
      const [hz, hr, hh] = split(fromState, 3, -1);
      const z = this.recurrentActivation.apply(add(xz, hz));
      const r = this.recurrentActivation.apply(add(xr, hr));
      const candidate = this.activation.apply(add(xh, mul(r, hh)));
      const next = add(mul(z, (inputs as Tensor[])[1]), mul(sub(1, z), candidate));
      return [next, next];
    });
  }
}

function affine(x: Tensor, kernel: Weight, bias: Tensor | undefined): Tensor {
  const product = matMul(x, kernel.read());
  return bias ? add(product, bias) : product;
}
