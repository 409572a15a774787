import type {LayersModel} from '@tensorflow/tfjs-layers';
import {type Activation, type LayerPlan, paddingOf, planOf, type Window} from '../models/plan';
import {type Values, weightsOf} from '../models/weights';
import {OnnxGraph} from './graph';
import {INPUT} from './input';
import {filterToOnnx, flattenedOrder, reorderRows} from './tensors';

/**
 * The bytes of an .onnx file that computes what the model does in inference, for one size of batch, as the best of
 * converters would write it: in ONNX's own layout (NCHW), with no node that transposes. Weights are put into that order
 * instead, those after a flattening too. The images have one channel, which lies the same way in both layouts.
 *
 * @throws Error if the images have more, or for a layer that `planOf` does not know
 */
export function exportOnnx(model: LayersModel, batch: number): Uint8Array {
  const [, ...input] = model.inputs[0].shape as number[];
  if (input.length === 3 && input[2] !== 1) throw new Error('only images of one channel can be exported');
  const graph = new OnnxGraph(model.name, INPUT, [batch, ...(input.length === 3 ? [1, input[0], input[1]] : input)]);
  /** Where tfjs has each feature of a flattened image, until a dense layer mixes them. */
  let order: number[] | undefined;
  for (const layer of planOf(model)) {
    addLayer(graph, layer, weightsOf(model, layer), order);
    if (layer.type === 'flatten') order = flattenedOrder(layer.input);
    if (layer.type === 'dense') order = undefined;
  }
  const [, ...output] = model.outputs[0].shape as number[];
  return graph.toBytes([batch, ...output]);
}

function addLayer(graph: OnnxGraph, layer: LayerPlan, weights: Values[], order: number[] | undefined): void {
  const reordered = (values: Values) => (order ? reorderRows(values, order) : values);
  if (layer.type === 'convolution') {
    graph.add('Conv', {filter: filterToOnnx(weights[0]), bias: weights[1]}, attributesOf(layer));
    addActivation(graph, layer.activation);
  } else if (layer.type === 'maxPooling') {
    graph.add('MaxPool', {}, attributesOf(layer));
  } else if (layer.type === 'batchNormalization') {
    const [scale, offset, mean, variance] = weights.map(reordered);
    graph.add('BatchNormalization', {scale, offset, mean, variance}, {epsilon: {float: layer.epsilon}});
  } else if (layer.type === 'flatten') {
    graph.add('Flatten');
  } else if (layer.type === 'dense') {
    graph.add('Gemm', {weights: reordered(weights[0]), bias: weights[1]});
    addActivation(graph, layer.activation);
  }
}

function addActivation(graph: OnnxGraph, activation: Activation): void {
  if (activation === 'relu') graph.add('Relu');
  if (activation === 'softmax') graph.add('Softmax', {}, {axis: 1});
}

function attributesOf(window: Window): Record<string, readonly number[]> {
  const [[top, bottom], [left, right]] = paddingOf(window);
  return {kernel_shape: window.size, strides: window.strides, pads: [top, left, bottom, right]};
}
