import type {ImageShape} from '../models/plan';
import type {Values} from '../models/weights';

/** tfjs's filter [height, width, in, out] as ONNX has it: [out, in, height, width]. */
export function filterToOnnx({shape: [height, width, inputs, outputs], values}: Values): Values {
  const result = new Float32Array(values.length);
  let at = 0;
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      for (let tap = 0; tap < height * width; tap++) result[at++] = values[(tap * inputs + i) * outputs + o];
  return {shape: [outputs, inputs, height, width], values: result};
}

/** For each feature of a flattened [channels, height, width] its place in the same flattened as tfjs does it. */
export function flattenedOrder([height, width, channels]: ImageShape): number[] {
  const pixels = height * width;
  return Array.from({length: channels * pixels}, (_, i) => (i % pixels) * channels + Math.floor(i / pixels));
}

/** The same rows (of a vector: elements) in another order. */
export function reorderRows({shape, values}: Values, order: readonly number[]): Values {
  const width = values.length / shape[0];
  const result = new Float32Array(values.length);
  order.forEach((row, i) => {
    result.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return {shape, values: result};
}
