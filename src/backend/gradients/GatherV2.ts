import {
  add,
  type GatherV2Attrs,
  type GradConfig,
  range,
  reshape,
  type Tensor,
  type Tensor1D,
  transpose,
  unsortedSegmentSum,
  util,
} from '@tensorflow/tfjs-core';

/**
 * The gradient of GatherV2: what was taken of each slice is summed, in each image of a batch by itself. tfjs-core's knows
 * no more than one dimension of a batch, for which it calls methods of tensors that are there only if they are imported.
 */
export const gatherGradient: GradConfig['gradFunc'] = (dy, [x, indices], attrs) => {
  const {axis, batchDims} = attrs as unknown as GatherV2Attrs;
  const [at] = util.parseAxisParam(axis, x.shape);
  const batchRank = batchDims < 0 ? batchDims + indices.rank : batchDims;
  const size = x.shape[at];
  const [batch, outer, inner] = [x.shape.slice(0, batchRank), x.shape.slice(batchRank, at), x.shape.slice(at + 1)].map(
    util.sizeFromShape,
  );
  const taken = util.sizeFromShape(indices.shape.slice(batchRank));
  /** Exchanges the middle dimensions of [batch, n, m, inner]. */
  const exchanged = (t: Tensor, n: number, m: number) =>
    outer === 1 ? t : transpose(reshape(t, [batch, n, m, inner]), [0, 2, 1, 3]);
  /** The slices of all images of a batch, numbered. */
  const segments = (): Tensor1D => {
    if (batch === 1) return reshape(indices, [taken]);
    const first = range(0, batch * size, Math.max(1, size), 'int32');
    return reshape(add(reshape(indices, [batch, taken]), reshape(first, [batch, 1])), [batch * taken]);
  };
  return {
    x: () => {
      const slices = reshape(exchanged(dy as Tensor, outer, taken), [batch * taken, outer * inner]);
      const sums = unsortedSegmentSum(slices, segments(), batch * size);
      return reshape(exchanged(sums, size, outer), x.shape);
    },
    indices: () => indices,
  };
};
