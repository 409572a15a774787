import type {Values} from '../models/weights';

/**
 * The last axis first, where TFLite has the outputs: a filter [height, width, in, out] as [out, height, width, in], the
 * weights [in, out] of a dense layer as [out, in].
 */
export function outputsFirst({shape, values}: Values): Values {
  const outputs = shape[shape.length - 1];
  const inputs = values.length / outputs;
  const result = new Float32Array(values.length);
  for (let o = 0; o < outputs; o++) for (let i = 0; i < inputs; i++) result[o * inputs + i] = values[i * outputs + o];
  return {shape: [outputs, ...shape.slice(0, -1)], values: result};
}

/** A batch normalisation in inference, as a factor and a summand for each channel. */
export function affineOf(
  [scale, offset, mean, variance]: readonly Values[],
  epsilon: number,
): {factor: Values; summand: Values} {
  const {shape} = scale;
  const factor = scale.values.map((s, i) => s / Math.sqrt(variance.values[i] + epsilon));
  const summand = offset.values.map((o, i) => o - mean.values[i] * factor[i]);
  return {factor: {shape, values: factor}, summand: {shape, values: summand}};
}
