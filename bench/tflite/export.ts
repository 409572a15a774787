import type {LayersModel, SymbolicTensor} from '@tensorflow/tfjs-layers';
import {type Activation, type LayerPlan, planOf, type Window} from '../models/plan';
import {type Values, weightsOf} from '../models/weights';
import type {Field} from './flatbuffer';
import {TfliteGraph} from './graph';
import {ACTIVATION, PADDING} from './schema';
import {affineOf, outputsFirst} from './tensors';

/**
 * The bytes of a .tflite file that computes what the model does in inference, for one size of batch, as TensorFlow's converter
 * writes it: relu is part of the operator before it, a batch normalisation that follows one is a product and a sum.
 *
 * @throws Error for a layer that `planOf` does not know
 */
export function exportTflite(model: LayersModel, batch: number): Uint8Array {
  const withBatch = (t: SymbolicTensor) => [batch, ...(t.shape.slice(1) as number[])];
  const graph = new TfliteGraph(model.name, 'images', withBatch(model.inputs[0]));
  for (const layer of planOf(model)) {
    addLayer(graph, layer, weightsOf(model, layer), withBatch(model.layers[layer.index].output as SymbolicTensor));
  }
  return graph.toBytes();
}

function addLayer(graph: TfliteGraph, layer: LayerPlan, weights: Values[], output: readonly number[]): void {
  if (layer.type === 'convolution') {
    const options = {...placement(layer), ...fused(layer.activation)};
    graph.add('CONV_2D', output, options, {filter: outputsFirst(weights[0]), bias: weights[1]});
    addSoftmax(graph, layer.activation, output);
  } else if (layer.type === 'maxPooling') {
    const [height, width] = layer.size;
    graph.add('MAX_POOL_2D', output, {...placement(layer), filter_width: {int: width}, filter_height: {int: height}});
  } else if (layer.type === 'batchNormalization') {
    const {factor, summand} = affineOf(weights, layer.epsilon);
    graph.add('MUL', output, fused('linear'), {factor});
    graph.add('ADD', output, fused('linear'), {summand});
  } else if (layer.type === 'flatten') {
    graph.add('RESHAPE', output, {new_shape: output});
  } else if (layer.type === 'dense') {
    graph.add('FULLY_CONNECTED', output, fused(layer.activation), {
      weights: outputsFirst(weights[0]),
      bias: weights[1],
    });
    addSoftmax(graph, layer.activation, output);
  }
}

function placement({padding, strides: [down, right]}: Window): Record<'padding' | 'stride_w' | 'stride_h', Field> {
  return {padding: {byte: PADDING[padding]}, stride_w: {int: right}, stride_h: {int: down}};
}

/** Softmax is an operator of its own. */
function fused(activation: Activation): {fused_activation_function: Field} {
  return {fused_activation_function: {byte: ACTIVATION[activation === 'softmax' ? 'linear' : activation]}};
}

function addSoftmax(graph: TfliteGraph, activation: Activation, output: readonly number[]): void {
  if (activation === 'softmax') graph.add('SOFTMAX', output, {beta: {float: 1}});
}
