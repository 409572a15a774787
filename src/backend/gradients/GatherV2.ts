import {
  add,
  type GatherV2Attrs,
  type GradConfig,
  mul,
  range,
  reshape,
  type Tensor,
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
  return {
    x: () => {
      const slices = reshape(exchanged(dy as Tensor, outer, taken), [batch * taken, outer * inner]);
      const first = reshape(mul(range(0, batch, 1, 'int32'), size), [batch, 1]);
      const segments = reshape(add(reshape(indices, [batch, taken]), first), [batch * taken]);
      const sums = unsortedSegmentSum(slices, segments as Parameters<typeof unsortedSegmentSum>[1], batch * size);
      return reshape(exchanged(sums, size, outer), x.shape);
    },
    indices: () => indices,
  };
};
