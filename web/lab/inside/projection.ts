import {dispose, matMul, type Tensor2D, tensor2d, tidy} from '@tensorflow/tfjs-core';

/** Steps of the iteration: from nothing, and from the axes of a model that has learned a little since. */
const STEPS = 30;
const FURTHER_STEPS = 4;

export interface Projection {
  /** [rows, 2]. */
  points: Float32Array;
  /** [features, 2], of length 1 and at right angles. */
  axes: Float32Array;
  /** Of the variance, in the plane. */
  share: number;
}

/**
 * The rows in the plane of their first two principal components, by orthogonal iteration.
 *
 * @param rows [count, features]; their means are taken off.
 * @param before the axes to begin with.
 */
export async function principalPlane(rows: Float32Array, count: number, before?: Float32Array): Promise<Projection> {
  const features = rows.length / count;
  const centred = tensor2d(withoutMeans(rows, count), [count, features]);
  const known = before?.length === 2 * features ? before : undefined;
  let axes = known ?? orthonormal(firstAxes(features));
  for (let step = 0; step < (known ? FURTHER_STEPS : STEPS); step++) {
    axes = orthonormal(await product(centred, axes, true));
  }
  const points = await product(centred, axes, false);
  const [all, inPlane] = [sumOfSquares(await centred.data()), sumOfSquares(points)];
  centred.dispose();
  return {points, axes, share: all > 0 ? inPlane / all : 0};
}

/** The rows times the axes; the rows' transpose times that, where the next axes are wanted. */
async function product(rows: Tensor2D, axes: Float32Array, back: boolean): Promise<Float32Array> {
  const result = tidy(() => {
    const points = matMul(rows, tensor2d(axes, [axes.length / 2, 2]));
    return back ? matMul(rows, points, true) : points;
  });
  const values = Float32Array.from(await result.data());
  dispose(result);
  return values;
}

function withoutMeans(rows: Float32Array, count: number): Float32Array {
  const features = rows.length / count;
  const sums = new Float64Array(features);
  rows.forEach((value, i) => {
    sums[i % features] += value;
  });
  return rows.map((value, i) => value - sums[i % features] / count);
}

/** In no direction that data would have by chance. */
function firstAxes(features: number): Float32Array {
  return Float32Array.from({length: 2 * features}, (_, i) => Math.sin(1 + i * i));
}

/** Gram and Schmidt's; an axis that has no length stays as it is. */
function orthonormal(axes: Float32Array): Float32Array {
  const first = normalised(axes.filter((_, i) => i % 2 === 0));
  const second = axes.filter((_, i) => i % 2 === 1);
  const along = second.reduce((sum, value, i) => sum + value * first[i], 0);
  const upright = normalised(second.map((value, i) => value - along * first[i]));
  return axes.map((_, i) => (i % 2 === 0 ? first : upright)[i >> 1]);
}

function normalised(axis: Float32Array): Float32Array {
  const length = Math.sqrt(sumOfSquares(axis));
  return length > 0 ? axis.map((value) => value / length) : axis;
}

function sumOfSquares(values: ArrayLike<number>): number {
  return Array.prototype.reduce.call(values, (sum, value) => (sum as number) + (value as number) ** 2, 0) as number;
}
