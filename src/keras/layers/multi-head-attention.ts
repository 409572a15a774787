import {
  add,
  cast,
  dropout as drop,
  expandDims,
  logicalAnd,
  matMul,
  mul,
  type serialization,
  softmax,
  type Tensor,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import {scoreMask} from './attention.js';
import {KerasLayer, type Kwargs, type Shape, type Weight} from './base.js';
import {contract} from './contract.js';

interface MultiHeadOptions {
  numHeads: number;
  keyDim: number;
  valueDim?: number | null;
  dropout?: number;
  useBias?: boolean;
  outputShape?: number | number[] | null;
  causal?: boolean;
  masks?: ('query' | 'value' | 'key' | 'attention')[];
  inputs?: number;
}

/** Several attentions side by side (Vaswani et al. 2017), over the second axis; inputs [query, value] or with a key. */
export class MultiHeadAttention extends KerasLayer<MultiHeadOptions> {
  static readonly className = 'MultiHeadAttention';
  /** Kernel and bias of the projections, by Keras's names of them and in its order. */
  readonly projections: Record<string, [kernel: Weight, bias?: Weight]> = {};

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.supportsMasking = false;
  }

  override build(shapes: Shape | Shape[]): void {
    const [query, value, key = value] = (shapes as Shape[]).slice(0, this.options.inputs);
    const {numHeads, keyDim, useBias = true} = this.options;
    const valueDim = this.options.valueDim ?? keyDim;
    const width = (shape: Shape) => shape.at(-1) as number;
    const output = [this.options.outputShape ?? width(query)].flat()[0];
    const project = (name: string, kernel: number[], bias: number[]) => {
      const weights: [Weight, Weight?] = [this.weight(`${name}/kernel`, kernel, {of: 'kernel'})];
      if (useBias) weights.push(this.weight(`${name}/bias`, bias, {of: 'bias', initializer: 'zeros'}));
      this.projections[`${name}_dense`] = weights;
    };
    project('query', [width(query), numHeads, keyDim], [numHeads, keyDim]);
    project('key', [width(key), numHeads, keyDim], [numHeads, keyDim]);
    project('value', [width(value), numHeads, valueDim], [numHeads, valueDim]);
    project('output', [numHeads, valueDim, output], [output]);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs = {}): Tensor {
    return tidy(() => {
      const {dropout = 0, inputs: count = (inputs as Tensor[]).length, keyDim} = this.options;
      const [query, value, key = value] = (inputs as Tensor[]).slice(0, count);
      const heads = [this.project(query, 'query'), this.project(key, 'key'), this.project(value, 'value')];
      const scores = matMul(mul(heads[0], 1 / Math.sqrt(keyDim)), heads[1], false, true);
      const kept = this.mask((inputs as Tensor[]).slice(count), scores);
      const weights = softmax(kept ? where(kept, scores, -3e38 / 2) : scores);
      const dropped = kwargs?.training === true && dropout > 0 ? drop(weights, dropout) : weights;
      const attended = matMul(dropped, heads[2]);
      const [kernel, bias] = this.projections.output_dense;
      const output = contract(attended, 'bhtd', kernel.read(), 'hdo', 'bto');
      return bias ? add(output, bias.read()) : output;
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [query] = shapes as Shape[];
    return [...query.slice(0, -1), [this.options.outputShape ?? query.at(-1) ?? null].flat()[0]];
  }

  /** [batch, steps, features] to [batch, heads, steps, size]. */
  private project(x: Tensor, name: string): Tensor {
    const [kernel, bias] = this.projections[`${name}_dense`];
    const heads = contract(x, 'bti', kernel.read(), 'ihd', 'bhtd');
    return bias ? add(heads, expandDims(bias.read(), 1)) : heads;
  }

  /** [batch, heads, queries, keys], true where a key counts. */
  private mask(given: Tensor[], scores: Tensor): Tensor | undefined {
    const {masks = [], causal = false} = this.options;
    let kept = causal ? scoreMask(scores, undefined, true) : undefined;
    for (const [i, which] of masks.entries()) {
      const mask = cast(given[i], 'bool');
      const wide = wideMask(mask, which);
      kept = kept ? logicalAnd(kept, wide) : wide;
    }
    return kept;
  }
}

/** A mask as one of [batch, heads, queries, keys]. */
function wideMask(mask: Tensor, of: 'query' | 'value' | 'key' | 'attention'): Tensor {
  if (of === 'attention') return mask.rank === 3 ? expandDims(mask, 1) : mask;
  return expandDims(expandDims(mask, of === 'query' ? -1 : 1), 1);
}
