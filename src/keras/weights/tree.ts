import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {ConvertedLayer} from '../config/context.js';
import {isModelClass} from '../config/model.js';
import type {Json, JsonObject} from '../json.js';
import {kerasClassOf, kerasLayerOf} from '../layers/keras-class.js';

export type Layer = LayersModel['layers'][number];
export type Weight = Layer['weights'][number];

/** A layer, and where it is a model, the layers in it in Keras's order. */
export interface LayerTree {
  layer: Layer;
  className: string;
  name: string;
  /** Of a Sequential or Functional model; undefined for any other layer. */
  layers?: LayerTree[];
}

/**
 * The layers of a model: in the order of the configuration that it was made from, which need not be the order in which
 * tfjs-layers has sorted them; without one, in tfjs-layers' order.
 */
export function treeOf(layer: Layer, converted?: ConvertedLayer): LayerTree {
  const known = kerasLayerOf(layer);
  const className = kerasClassOf(known);
  const tree = {layer: known, className, name: layer.name};
  if (!isModelClass(className)) return tree;
  const model = layer as LayersModel;
  if (converted === undefined) return {...tree, layers: model.layers.map((inner) => treeOf(inner))};
  const byName = new Map(model.layers.map((inner) => [inner.name, inner]));
  const layers = ((converted.config.layers as Json[]) ?? []).flatMap((entry) => {
    const config = (entry as JsonObject).config as JsonObject;
    const inner = byName.get(String(config.name));
    return inner === undefined ? [] : [treeOf(inner, entry as ConvertedLayer)];
  });
  return {...tree, layers};
}

/** As Keras orders a layer's weights in an HDF5 model: all that can be trained, then the others. */
export function orderedWeights(tree: LayerTree): Weight[] {
  return [...trainable(tree), ...fixed(tree)];
}

function trainable({layer, layers}: LayerTree): Weight[] {
  if (layers === undefined) return layer.trainableWeights;
  return layer.trainable ? layers.flatMap(trainable) : [];
}

function fixed({layer, layers}: LayerTree): Weight[] {
  if (layers === undefined) return layer.nonTrainableWeights;
  return layers.flatMap(layer.trainable ? fixed : orderedWeights);
}
