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
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  tidy,
  where,
} from '@tensorflow/tfjs-core';
import {KerasLayer, type Kwargs, type Shape, type Weight} from './base.js';

interface AttentionOptions {
  useScale?: boolean;
  scoreMode?: 'dot' | 'concat';
  dropout?: number;
  causal?: boolean;
  /** Which of the inputs that come after query, value and key are masks: of the query, of the value. */
  masks?: ('query' | 'value')[];
  /** How many inputs there are without the masks: 2, or 3 with a key of its own. */
  inputs?: number;
}

/** softmax(score(query, key)) · value, Luong's attention; inputs [query, value] or [query, value, key]. */
export class Attention extends KerasLayer<AttentionOptions> {
  static readonly className: string = 'Attention';
  protected scale: Weight | undefined;
  private concatScale: Weight | undefined;

  constructor(config: serialization.ConfigDict) {
    super(config);
    this.supportsMasking = false;
  }

  override build(_: Shape | Shape[]): void {
    if (this.options.useScale) this.scale = this.weight('scale', [], {initializer: 'ones'});
    if (this.options.scoreMode === 'concat') {
      this.concatScale = this.weight('concat_score_weight', [], {initializer: 'ones'});
    }
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Kwargs = {}): Tensor {
    return tidy(() => {
      const {dropout = 0, causal = false, inputs: count = (inputs as Tensor[]).length, masks = []} = this.options;
      const [query, value, key = value] = (inputs as Tensor[]).slice(0, count);
      const mask = (which: 'query' | 'value') => {
        const at = masks.indexOf(which);
        return at < 0 ? undefined : cast((inputs as Tensor[])[count + at], 'bool');
      };
      const scores = this.scores(query, key);
      const kept = scoreMask(scores, mask('value'), causal);
      const weights = softmax(kept ? where(kept, scores, sub(scores, 1e9)) : scores);
      const dropped = kwargs?.training === true && dropout > 0 ? drop(weights, dropout) : weights;
      const output = matMul(dropped, value);
      const queryMask = mask('query');
      return queryMask ? where(expandDims(queryMask, -1), output, 0) : output;
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [query, value] = shapes as Shape[];
    return [...query.slice(0, -1), value.at(-1) as number];
  }

  protected scores(query: Tensor, key: Tensor): Tensor {
    if (this.options.scoreMode !== 'concat') {
      const scores = matMul(query, key, false, true);
      return this.scale ? mul(scores, this.scale.read()) : scores;
    }
    const joined = add(expandDims(query, -2), expandDims(key, -3));
    const scores = sum(tanh(this.scale ? mul(joined, this.scale.read()) : joined), -1);
    return mul(scores, (this.concatScale as Weight).read());
  }
}

/** Bahdanau's: the sum of tanh(query + key), scaled in each feature. */
export class AdditiveAttention extends Attention {
  static override readonly className = 'AdditiveAttention';

  override build(shapes: Shape | Shape[]): void {
    if (this.options.useScale ?? true) this.scale = this.weight('scale', [(shapes as Shape[])[0].at(-1) as number]);
    this.built = true;
  }

  protected override scores(query: Tensor, key: Tensor): Tensor {
    const joined = tanh(add(expandDims(query, -2), expandDims(key, -3)));
    return sum(this.scale ? mul(joined, this.scale.read()) : joined, -1);
  }
}

/** [batch or 1, queries or 1, keys], true where a key counts; undefined where all do. */
export function scoreMask(scores: Tensor, keys: Tensor | undefined, causal: boolean): Tensor | undefined {
  const wide = keys && expandDims(keys, -2);
  if (!causal) return wide;
  const [rows, columns] = scores.shape.slice(-2);
  const values = Array.from({length: rows * columns}, (_, i) => i % columns <= Math.floor(i / columns));
  const before = tensor(values, [1, rows, columns], 'bool');
  return wide ? logicalAnd(wide, before) : before;
}
