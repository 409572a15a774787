import {div, fill, type GradConfig, mul, type NamedAttrMap, reshape, type Tensor, util} from '@tensorflow/tfjs-core';

type GradFunc = GradConfig['gradFunc'];

/** The gradient of Sum: dy for every element. tfjs-core multiplies dy by ones that it creates in JavaScript. */
export const sumGradient: GradFunc = (dy, [x], attrs) => ({x: () => spread(dy as Tensor, x, attrs)});

/** The gradient of Mean: dy divided by the number of elements. */
export const meanGradient: GradFunc = (dy, [x], attrs) => ({
  x: () => spread(div(dy as Tensor, x.size / (dy as Tensor).size), x, attrs),
});

/** dy, whose shape lacks the reduced axes of x, or has 1 there, repeated along them. */
function spread(dy: Tensor, x: Tensor, attrs: NamedAttrMap): Tensor {
  const axes = util.parseAxisParam(attrs.axis as number | number[], x.shape);
  const shape = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return mul(reshape(dy, shape), fill(x.shape, 1, 'float32'));
}
