import {KerasError} from '../error.js';
import {datasetAt, type Group, groupAt, textsOf} from '../hdf5.js';
import {type Assignment, assignmentOf} from './assign.js';
import {type LayerTree, orderedWeights, type Weight} from './tree.js';

interface SavedLayer {
  name: string;
  weights: string[];
}

/**
 * The weights of Keras 2's layout (`layer_names`, and for each layer `weight_names`), matched with the model's layers:
 * by name where all of the file's are in the model, else in their order, as Keras does. Layers without weights do not
 * count.
 *
 * @throws KerasError where the layers or the numbers of their weights do not match.
 */
export function readLegacyWeights(group: Group, model: LayerTree): Assignment[] {
  const saved = savedLayers(group);
  const layers = (model.layers ?? [])
    .map((tree) => ({name: tree.name, className: tree.className, weights: orderedWeights(tree)}))
    .filter(({weights}) => weights.length > 0);
  if (saved.length !== layers.length) {
    throw new KerasError(
      `The file has weights for ${saved.length} layers (${saved.map(({name}) => name).join(', ')}), the model has ` +
        `${layers.length} layers with weights (${layers.map(({name}) => name).join(', ')}).`,
    );
  }
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const named = saved.every(({name}) => byName.has(name));
  return saved.flatMap((given, i) => {
    const to = (named ? byName.get(given.name) : undefined) ?? layers[i];
    const from = to.className === 'Normalization' ? {...given, weights: given.weights.filter(isNoCount)} : given;
    if (from.weights.length !== to.weights.length) {
      throw new KerasError(
        `The file has ${from.weights.length} weights for its layer ${from.name}, the model's ${to.className} ` +
          `"${to.name}" has ${to.weights.length}.`,
      );
    }
    return readLayer(group, from, to.weights);
  });
}

/** Keras 2 keeps how many examples `adapt` has seen, which nothing is computed with. */
const isNoCount = (name: string) => !/(^|\/)count(:0)?$/.test(name);

function savedLayers(group: Group): SavedLayer[] {
  return (textsOf(group, 'layer_names') ?? [])
    .map((name) => {
      const layer = groupAt(group, name);
      if (layer === undefined) throw new KerasError(`The file is damaged: it names a layer ${name} and has none.`);
      return {name, weights: textsOf(layer, 'weight_names') ?? []};
    })
    .filter(({weights}) => weights.length > 0);
}

function readLayer(group: Group, from: SavedLayer, weights: readonly Weight[]): Assignment[] {
  return from.weights.map((name, i) => {
    const path = `${from.name}/${name}`;
    const dataset = datasetAt(group, path);
    if (dataset === undefined) throw new KerasError(`The file is damaged: it names a weight ${path} and has none.`);
    return assignmentOf(weights[i], path, dataset);
  });
}
