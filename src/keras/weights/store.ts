import {KerasError} from '../error.js';
import {datasetAt, type Group, groupAt, isDataset, isGroup, textOf} from '../hdf5.js';
import {type Assignment, assignmentOf} from './assign.js';
import {type Layer, type LayerTree, treeOf, type Weight} from './tree.js';

/** The groups that hold a model's layers: Keras 3's, and that of the .keras files of Keras 2.12 to 2.15. */
const CONTAINERS = ['layers', '_layer_checkpoint_dependencies'];

/** Whether this is the root of a Keras 3 weights file. */
export function isStore(root: Group): boolean {
  return CONTAINERS.some((name) => hasContainer(root, name));
}

/** On Windows Keras 2 joined the names with backslashes, and HDF5 has a group for each whole path. */
const onWindows = (path: string) => path.replaceAll('/', '\\');

function hasContainer(root: Group, path: string): boolean {
  const prefix = `${onWindows(path)}\\`;
  return groupAt(root, path) !== undefined || root.keys().some((key) => key.startsWith(prefix));
}

/**
 * The weights of Keras 3's layout: `layers/conv2d_1/vars/0`, where `conv2d_1` is the second layer of that class and not
 * its name; the layers within a layer stand in groups called as the attribute that holds them.
 *
 * @throws KerasError where a layer's weights are missing, or the file has more than the model.
 */
export function readStore(root: Group, model: LayerTree): Assignment[] {
  const assignments = [...readModel(root, '', model)];
  const used = new Set(assignments.map(({path}) => path));
  // Of Normalization, Keras 2 keeps a third weight: how many examples `adapt` has seen.
  const unused = CONTAINERS.flatMap((name) => [...variables(root, name)]).filter(
    (path) => !used.has(path) && !/(^|\/)normalization(_\d+)?\/vars\/2$/.test(path),
  );
  if (unused.length > 0) {
    throw new KerasError(`The file has weights that the model has no place for:\n  ${unused.join('\n  ')}`);
  }
  return assignments;
}

function* readModel(root: Group, path: string, {layers = []}: LayerTree): Generator<Assignment> {
  const container = CONTAINERS.map((name) => path + name).find((name) => hasContainer(root, name));
  const counted = container?.endsWith(TWICE) ? countedTwice(root, container, layers) : countedNames(layers);
  const named = container === undefined ? undefined : namesIn(root, container, layers);
  for (const [i, tree] of layers.entries()) {
    const group = named?.get(tree.name) ?? counted[i];
    yield* readLayer(root, `${path}${container?.slice(path.length) ?? CONTAINERS[0]}/${group}/`, tree);
  }
}

function* readLayer(root: Group, path: string, tree: LayerTree): Generator<Assignment> {
  if (tree.layers !== undefined) {
    yield* readModel(root, path, tree);
    return;
  }
  const {projections} = tree.layer as Layer & {projections?: Record<string, Weight[]>};
  for (const [attribute, weights] of Object.entries(projections ?? {}))
    yield* readWeights(root, `${path}${attribute}/`, tree, weights);
  if (projections) return;
  const within = layersWithin(tree.layer);
  for (const [attribute, layer] of within) yield* readLayer(root, `${path}${attribute}/`, treeOf(layer));
  // Of a layer around another, those that it has itself.
  const {saved} = tree.layer as Layer & {saved?: readonly Weight[]};
  if (saved) yield* readWeights(root, path, tree, saved);
  if (within.length > 0) return;
  yield* readWeights(root, path, tree, tree.layer.weights);
}

function* readWeights(root: Group, path: string, tree: LayerTree, weights: readonly Weight[]): Generator<Assignment> {
  for (const [i, weight] of weights.entries()) {
    const at = `${path}vars/${i}`;
    const dataset = datasetAt(root, at) ?? datasetAt(root, `${onWindows(path.slice(0, -1))}/vars/${i}`);
    if (dataset === undefined) {
      throw new KerasError(`The file has no weights for ${tree.className} "${tree.name}": expected them at ${at}.`);
    }
    yield assignmentOf(weight, at, dataset);
  }
}

/** The layers that a wrapper or a recurrent layer is made of, by Keras's names of its attributes. */
function layersWithin(layer: Layer): [attribute: string, layer: Layer][] {
  const parts = layer as Layer & Record<'forwardLayer' | 'backwardLayer' | 'cell' | 'layer', Layer | undefined>;
  const {cells} = layer as Layer & {cells?: Layer[]};
  if (cells) {
    const names = countedNames(cells.map((cell) => treeOf(cell)));
    return cells.map((cell, i) => [`cells/${names[i]}`, cell]);
  }
  if (parts.forwardLayer && parts.backwardLayer) {
    return [
      ['forward_layer', parts.forwardLayer],
      ['backward_layer', parts.backwardLayer],
    ];
  }
  if (parts.cell) return [['cell', parts.cell]];
  return parts.layer ? [['layer', parts.layer]] : [];
}

/** Keras 2.12 and 2.13 list a layer with weights twice in this container, and count both. */
const TWICE = '_layer_checkpoint_dependencies';

function countedTwice(root: Group, container: string, layers: readonly LayerTree[]): string[] {
  const names = countedNames(layers, 2);
  const isThere = (name: string) => {
    const path = `${container}/${name}`;
    return groupAt(root, path) !== undefined || groupAt(root, onWindows(path)) !== undefined;
  };
  return names.every((name, i) => layers[i].layer.weights.length === 0 || isThere(name)) ? names : countedNames(layers);
}

/**
 * `conv2d`, `conv2d_1`, `dense` ...: the class in snake case, numbered from the second on.
 * @param step How far a layer with weights moves the number.
 */
function countedNames(layers: readonly LayerTree[], step = 1): string[] {
  const counts = new Map<string, number>();
  return layers.map(({className, layer}) => {
    const name = snakeCase(className === 'Model' ? 'Functional' : className);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + (layer.weights.length > 0 ? step : 1));
    return count === 0 ? name : `${name}_${count}`;
  });
}

/** As keras.src.utils.naming.to_snake_case. */
export function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/**
 * The groups by their layers' names, which later versions of Keras 3 note beside the weights; undefined where they do
 * not name all of these layers.
 */
function namesIn(root: Group, container: string, layers: readonly LayerTree[]): Map<string, string> | undefined {
  const names = new Map<string, string>();
  for (const key of groupAt(root, container)?.keys() ?? []) {
    const vars = groupAt(root, `${container}/${key}/vars`);
    const name = vars && textOf(vars, 'name');
    if (name !== undefined) names.set(name, key);
  }
  const weighty = layers.filter(({layer}) => layer.weights.length > 0);
  return weighty.every(({name}) => names.has(name)) ? names : undefined;
}

/**
 * The paths of all weights below a group; the state of random generators is none. A group that has another name too is
 * gone through once: it may stand within itself.
 */
function* variables(root: Group, path: string, seen = new Set<string>()): Generator<string> {
  const node = root.get(path);
  if (isDataset(node)) yield path;
  if (!isGroup(node)) return;
  const identity = node.identity();
  if (seen.has(identity)) return;
  seen.add(identity);
  for (const key of node.keys()) if (key !== 'seed_generator') yield* variables(root, `${path}/${key}`, seen);
}
