import {
  type CumsumAttrs,
  cumprod,
  cumsum,
  div,
  fill,
  type GradConfig,
  mul,
  type NamedAttrMap,
  reshape,
  type Tensor,
  transpose,
  util,
} from '@tensorflow/tfjs-core';

type GradFunc = GradConfig['gradFunc'];

/** The gradient of Sum: dy for every element. tfjs-core multiplies dy by ones that it creates in JavaScript. */
export const sumGradient: GradFunc = (dy, [x], attrs) => ({x: () => spread(dy as Tensor, x, attrs)});

/** The gradient of Mean: dy divided by the number of elements. */
export const meanGradient: GradFunc = (dy, [x], attrs) => ({
  x: () => spread(div(dy as Tensor, x.size / (dy as Tensor).size), x, attrs),
});

/**
 * The gradient of Prod: for each element the product of the others. tfjs-core's calls methods of tensors that are there
 * only if they are imported, and takes no axes that are counted from the end.
 */
export const prodGradient: GradFunc = (dy, [x], attrs) => {
  const reduced = util.parseAxisParam(attrs.axis as number | number[], x.shape);
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !reduced.includes(axis));
  const order = [...kept, ...reduced];
  const moved = order.map((axis) => x.shape[axis]);
  const rows = util.sizeFromShape(moved.slice(0, kept.length));
  return {
    x: () => {
      const factors = reshape(transpose(x, order), [rows, util.sizeFromShape(moved.slice(kept.length))]);
      const others = mul(cumprod(factors, 1, true, false), cumprod(factors, 1, true, true));
      const gradient = reshape(mul(reshape(dy as Tensor, [rows, 1]), others), moved);
      return transpose(
        gradient,
        order.map((_, axis) => order.indexOf(axis)),
      );
    },
  };
};

/** The gradient of Cumsum: the sums from the other end. tfjs-core's is also transposed, except along the last axis. */
export const cumsumGradient: GradFunc = (dy, _, attrs) => {
  const {axis, exclusive, reverse} = attrs as unknown as CumsumAttrs;
  return {x: () => cumsum(dy as Tensor, axis, exclusive, !reverse)};
};

/** dy, whose shape lacks the reduced axes of x, or has 1 there, repeated along them. */
function spread(dy: Tensor, x: Tensor, attrs: NamedAttrMap): Tensor {
  const axes = util.parseAxisParam(attrs.axis as number | number[], x.shape);
  const shape = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return mul(reshape(dy, shape), fill(x.shape, 1, 'float32'));
}
