import type {Tensor} from '@tensorflow/tfjs-core';
import {type LayersModel, model as modelOf, type SymbolicTensor} from '@tensorflow/tfjs-layers';

type Layer = LayersModel['layers'][number];

/** A layer that can be looked at: with one input and one output, used once. */
export interface SeenLayer {
  layer: Layer;
  input: SymbolicTensor;
  output: SymbolicTensor;
}

/** In the order in which they compute. */
export function seenLayers(model: LayersModel): SeenLayer[] {
  return model.layers.flatMap((layer) => {
    const {inboundNodes} = layer;
    if (layer.getClassName() === 'InputLayer' || inboundNodes.length !== 1) return [];
    const {input, output} = layer;
    return Array.isArray(input) || Array.isArray(output) ? [] : [{layer, input, output}];
  });
}

/** The layer whose output a layer is given; undefined for the image, and for what cannot be looked at. */
export function layerBefore(layers: readonly SeenLayer[], {input}: SeenLayer): SeenLayer | undefined {
  return layers.find(({output}) => output.id === input.id);
}

export function isImage(input: SymbolicTensor): boolean {
  return input.sourceLayer.getClassName() === 'InputLayer';
}

/** Without the batch. */
export function shapeOf({shape}: SymbolicTensor): number[] {
  return shape.slice(1).map(Number);
}

/** What a layer's configuration says; tfjs has the fields of most layers private. */
export function configOf({layer}: SeenLayer): Record<string, unknown> {
  return layer.getConfig();
}

export function activationOf(seen: SeenLayer): string | undefined {
  const {activation} = configOf(seen);
  return typeof activation === 'string' ? activation : undefined;
}

/** Models that end where another has a layer: each one that is made stays noted in that model's layers. */
const made = new WeakMap<LayersModel, Map<string, LayersModel>>();

/**
 * What a model computes of examples at some places.
 * @returns tensors that the caller disposes.
 */
export function valuesAt(model: LayersModel, wanted: readonly SymbolicTensor[], xs: Tensor): Tensor[] {
  const outputs = wanted.filter((output) => !isImage(output));
  const values = outputs.length > 0 ? [endingAt(model, outputs).predictOnBatch(xs)].flat() : [];
  return wanted.map((output) => (isImage(output) ? xs.clone() : (values.shift() as Tensor)));
}

function endingAt(model: LayersModel, outputs: SymbolicTensor[]): LayersModel {
  const ofModel = made.get(model) ?? new Map<string, LayersModel>();
  made.set(model, ofModel);
  const key = outputs.map(({id}) => id).join();
  const known = ofModel.get(key);
  if (known) return known;
  const created = modelOf({inputs: model.inputs, outputs});
  ofModel.set(key, created);
  return created;
}
