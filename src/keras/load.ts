import type {LayersModel} from '@tensorflow/tfjs-layers';
import {assertLayersModel, misfit} from '../shared/given.js';
import {readArchive} from './archive.js';
import {buildWithin} from './budget.js';
import type {BuiltModel} from './build.js';
import {KerasError, kerasError} from './error.js';
import {readHdf5} from './hdf5/read.js';
import {type Group, groupAt, textOf, textsOf} from './hdf5.js';
import {isObject, type JsonObject, parseObject} from './json.js';
import {kindOf} from './kind.js';
import {type LoadOptions, limitOf} from './limits.js';
import {compileAs} from './training.js';
import {type Assignment, assignAll} from './weights/assign.js';
import {readLegacyWeights} from './weights/legacy.js';
import {isStore, readStore} from './weights/store.js';
import {turned} from './weights/theano.js';
import {type LayerTree, treeOf} from './weights/tree.js';

/**
 * Loads a whole model that Keras saved, with its weights bit for bit: `model.save('x.h5')` of Keras 2 or 3, or
 * `model.save('x.keras')`; Sequential or Functional, of layers that tfjs-layers has.
 *
 * Where the file tells an optimizer and a loss that tfjs-layers has, the model is compiled with them and with those of
 * the metrics that it has. Left out without a word: options of the optimizer like weight decay or clipping, weights of
 * losses, the optimizer's state. Anything else about training that tfjs-layers lacks leaves the model uncompiled.
 *
 * @throws KerasError where the file is damaged, truncated or none of Keras's, or would take more memory than
 *   `options.maxBytes`; or names all layers and options at once that tfjs-layers does not have or computes otherwise.
 */
export async function loadKeras(bytes: Uint8Array | ArrayBuffer, options: LoadOptions = {}): Promise<LayersModel> {
  const file = bytesOf(bytes);
  const limit = limitOf(file.length, options);
  return kindOf(file) === 'zip' ? loadArchive(file, limit) : readHdf5(file, limit, (root) => loadHdf5(root, limit));
}

/**
 * Sets a model's weights from a file, bit for bit: `model.save_weights('x.weights.h5')` of Keras 3 or
 * `model.save_weights('x.h5')` of Keras 2, or a whole model as {@link loadKeras} takes it. Layers are matched by name
 * where all of the file's are in the model, else as Keras does, in their order.
 *
 * @throws KerasError where the file is damaged or none of Keras's, or would take more memory than `options.maxBytes`, or
 *   a weight is missing, left over or of another shape: then the model is as it was.
 */
export async function loadKerasWeights(
  model: LayersModel,
  bytes: Uint8Array | ArrayBuffer,
  options: LoadOptions = {},
): Promise<void> {
  assertLayersModel(model, kerasError);
  const file = bytesOf(bytes);
  const limit = limitOf(file.length, options);
  const weights = kindOf(file) === 'zip' ? readArchive(file, limit).weights : file;
  await readHdf5(weights, limit, (root) => assignAll(readWeights(root, treeOf(model))));
}

/**
 * Bytes of whatever realm they are from.
 * @throws KerasError where it is something else, as a path.
 */
function bytesOf(given: unknown): Uint8Array {
  if (ArrayBuffer.isView(given)) return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  if (/^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(given))) {
    return new Uint8Array(given as ArrayBuffer);
  }
  throw new KerasError(misfit('bytes', 'those of a file that was read, a Uint8Array or an ArrayBuffer', given));
}

async function loadArchive(bytes: Uint8Array, limit: number): Promise<LayersModel> {
  const {config, version, weights} = readArchive(bytes, limit);
  return readHdf5(weights, limit, (root) => {
    const built = buildWithin(limit, config, version);
    return complete(built, (tree) => readStore(root, tree), config.compile_config);
  });
}

function loadHdf5(root: Group, limit: number): LayersModel {
  const config = textOf(root, 'model_config');
  if (config === undefined) throw new KerasError(withoutConfig(root));
  const version = versionOf(root);
  if (version.startsWith('1.')) throw new KerasError(oldVersion(version));
  const training = textOf(root, 'training_config');
  const compile = training === undefined ? undefined : parseObject(training, 'training_config');
  const built = buildWithin(limit, parseObject(config, 'model_config'), version);
  return complete(built, (tree) => readWeights(root, tree), compile);
}

/** A built model gets its weights and is compiled; where the weights do not fit, nothing of it stays. */
function complete(
  {model, converted}: BuiltModel,
  read: (tree: LayerTree) => Assignment[],
  training: unknown,
): LayersModel {
  try {
    assignAll(read(treeOf(model, converted)));
  } catch (error) {
    // Not model.dispose(), which forgets layers that are called more than once.
    for (const weight of model.weights) weight.dispose();
    throw error;
  }
  if (isObject(training as JsonObject)) compileAs(model, training as JsonObject);
  return model;
}

/** Of the Keras that wrote an HDF5 file: before 2.0 the weights' group tells it. */
function versionOf(root: Group): string {
  const weights = groupAt(root, 'model_weights');
  const told = textOf(root, 'keras_version') ?? (weights && textOf(weights, 'keras_version'));
  return told ?? (hasOldLayers(textOf(root, 'model_config') ?? '') ? '1.x' : '2');
}

/** Layers and options that Keras 2 has renamed. */
function hasOldLayers(config: string): boolean {
  return /"(Convolution[123]D|nb_filter|output_dim": \d+, "init|border_mode)"/.test(config);
}

function oldVersion(version: string): string {
  return (
    `The file was written by Keras ${version}, whose layers and options have other names since Keras 2 (2017). Load it in ` +
    'Python with Keras 2 (keras==2.0 to 2.3 reads it), and save it again.'
  );
}

function readWeights(root: Group, tree: LayerTree): Assignment[] {
  const legacy = groupAt(root, 'model_weights') ?? root;
  if (textsOf(legacy, 'layer_names') !== undefined) {
    const assignments = readLegacyWeights(legacy, tree);
    const backend = textOf(legacy, 'backend') ?? textOf(root, 'backend');
    return backend === 'theano' ? turned(assignments, tree) : assignments;
  }
  if (isStore(root)) return readStore(root, tree);
  throw new KerasError(`An HDF5 file, but without weights of Keras: ${contents(root)}.`);
}

function withoutConfig(root: Group): string {
  if (textsOf(root, 'layer_names') !== undefined || isStore(root)) {
    return (
      'The file has weights only (save_weights), and no model_config. Build the model, then set them with ' +
      "loadKerasWeights(model, bytes); or save all of it in Python with model.save('model.keras')."
    );
  }
  return `An HDF5 file without model_config, so not a model of Keras: ${contents(root)}.`;
}

function contents(root: Group): string {
  const keys = root.keys();
  return keys.length === 0 ? 'it is empty' : `it holds ${keys.slice(0, 8).join(', ')}${keys.length > 8 ? ' ...' : ''}`;
}
