import type {LayersModel} from '@tensorflow/tfjs-layers';
import {assertGiven, assertLayersModel, assertOptions} from '../shared/given.js';
import {KerasError, kerasError} from './error.js';
import {kerasConfig} from './export.js';
import {type NewGroup, writeHdf5} from './hdf5/write.js';
import {type LayerTree, orderedWeights, treeOf, type Weight} from './weights/tree.js';

/** The first Keras of each kind that reads such a file; `tensorflow` tells it that kernels are not to be flipped. */
const VERSIONS = {2: '2.4.0', 3: '3.0.0'};
const BACKEND = 'tensorflow';
/** HDF5 keeps no longer attribute in an object's header; Keras spreads lists over several (HDF5_OBJECT_HEADER_LIMIT). */
const ATTRIBUTE_LIMIT = 64512;

interface SavedWeight {
  name: string;
  shape: number[];
  data: Float32Array;
}

export interface SaveOptions {
  /**
   * The Keras that will read the file. Default: 2, which Keras 3 reads too, with two exceptions. Models within a
   * Functional model: the two count their calls differently, and each reads its own. And `hard_sigmoid`, tfjs-layers'
   * default `recurrentActivation`: Keras 3 computes it otherwise, and with 3 it is an error.
   */
  keras?: 2 | 3;
}

/**
 * A model as a whole-model HDF5 file, for `keras.models.load_model('x.h5')` of Keras 2 and 3: structure and weights, bit
 * for bit. The optimizer and its state are not saved.
 *
 * @throws KerasError where the model is not a Sequential or Functional one, a weight is not float32, or the Keras that
 *   is named would compute something otherwise.
 */
export async function saveKerasH5(model: LayersModel, options: SaveOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  assertLayersModel(model, kerasError);
  assertOptions(options, kerasError);
  const {keras = 2} = options;
  assertGiven(keras === 2 || keras === 3, 'keras', 'the number 2 or 3', keras, kerasError);
  const config = JSON.stringify(kerasConfig(model, keras));
  const layers: {name: string; weights: SavedWeight[]}[] = [];
  for (const tree of treeOf(model).layers ?? []) layers.push({name: tree.name, weights: await weightsOf(tree)});
  return writeHdf5((root) => {
    describe(root, VERSIONS[keras]);
    root.create_attribute('model_config', config);
    const group = root.create_group('model_weights');
    describe(group, VERSIONS[keras]);
    setTexts(
      group,
      'layer_names',
      layers.map(({name}) => name),
    );
    for (const {name, weights} of layers) {
      const layer = groupFor(group, name);
      setTexts(
        layer,
        'weight_names',
        weights.map((weight) => weight.name),
      );
      for (const weight of weights) writeWeight(layer, weight);
    }
  });
}

function describe(group: NewGroup, version: string): void {
  group.create_attribute('keras_version', version);
  group.create_attribute('backend', BACKEND);
}

async function weightsOf(tree: LayerTree): Promise<SavedWeight[]> {
  const names = new Set<string>();
  const saved: SavedWeight[] = [];
  for (const weight of orderedWeights(tree)) {
    // The value lives as long as the weight: it is not ours to dispose.
    const value = weight.read();
    if (value.dtype !== 'float32') {
      throw new KerasError(`The weight ${weight.originalName} is ${value.dtype}; only float32 can be saved.`);
    }
    const data = (await value.data()) as Float32Array;
    saved.push({name: uniqueName(tree.name, weight, names), shape: value.shape, data});
  }
  return saved;
}

/** `conv2d/kernel:0`, as TensorFlow called its variables. */
function uniqueName(layer: string, {originalName}: Weight, taken: Set<string>): string {
  const stem = originalName.startsWith(`${layer}/`) ? originalName : `${layer}/${originalName}`;
  let name = `${stem}:0`;
  for (let i = 1; taken.has(name); i++) name = `${stem}_${i}:0`;
  taken.add(name);
  return name;
}

function setTexts(group: NewGroup, name: string, texts: string[]): void {
  // NumPy's empty list is one of float64, and Keras writes that.
  if (texts.length === 0) {
    group.create_attribute(name, new Float64Array(0), [0], '<d');
    return;
  }
  const longest = Math.max(...texts.map((text) => new TextEncoder().encode(text).length));
  const perPart = Math.max(1, Math.floor(ATTRIBUTE_LIMIT / longest));
  if (texts.length <= perPart) group.create_attribute(name, texts, [texts.length], `S${longest}`);
  else {
    for (let i = 0; i * perPart < texts.length; i++) {
      const part = texts.slice(i * perPart, (i + 1) * perPart);
      group.create_attribute(`${name}${i}`, part, [part.length], `S${longest}`);
    }
  }
}

function writeWeight(layer: NewGroup, {name, shape, data}: SavedWeight): void {
  const slash = name.lastIndexOf('/');
  groupFor(layer, name.slice(0, slash)).create_dataset({name: name.slice(slash + 1), data, shape, dtype: '<f4'});
}

/** The group at a path, made where it is not there. */
function groupFor(group: NewGroup, path: string): NewGroup {
  let at = group;
  for (const name of path.split('/').filter(Boolean)) at = (at.get(name) ?? at.create_group(name)) as NewGroup;
  return at;
}
