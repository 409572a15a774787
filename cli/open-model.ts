import {existsSync, statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {io} from '@tensorflow/tfjs-core';
import {type LayersModel, loadLayersModel} from '@tensorflow/tfjs-layers';
import {kindOfTopology, loadKeras, loadKerasArtifacts, registerKerasLayers} from 'mnist-wasm/keras';
import {fileSystem} from 'mnist-wasm/node';
import {RunError} from './errors';
import type {GraphFile} from './graph/graph-model';
import {noModelFile, noModelFolder, nothingNamed} from './no-model';
import {RUN_FILE, runNamed} from './run-folder';

/** What all commands take for a model. */
export const MODEL_ARGUMENT =
  "a run's name, its folder or its run.json; a recipe, or recipe/model, trained into its usual folder; a folder with a model.json; " +
  'or a Keras file (.h5, .keras)';

const KERAS = /\.(h5|hdf5|keras)$/i;

/** A model where it lies. */
export interface FoundModel<Model = LayersModel | GraphFile> {
  /** A graph model is only read: it takes a package to run it. */
  model: Model;
  /** Whether a training run of this program has written it. */
  isOfRun: boolean;
}

/**
 * A model from a file or a folder: the output of a training run, also by its run.json or by the name of its recipe; a folder
 * with a model.json, a model.json, or a Keras file (.h5, .hdf5, .keras).
 *
 * @throws UsageError where there is nothing like that; RunError for a graph model; ModelFileError or KerasError where it
 *   cannot be read.
 */
export async function openModel(location: string): Promise<LayersModel> {
  return (await findLayersAt(location)).model;
}

/** The same, and whether it is of a run. @throws as openModel does. */
export async function findLayersAt(location: string): Promise<FoundModel<LayersModel>> {
  const {model, isOfRun} = await findModelAt(location);
  if (!isGraph(model)) return {model, isOfRun};
  throw new RunError(
    `${location} is a graph model: it has operations, and this command needs layers. evaluate, predict and summary take ` +
      'it; here give the Keras file that it was made of (.h5, .keras), or a model.json that tensorflowjs_converter made ' +
      'of that with --output_format=tfjs_layers_model',
  );
}

export function isGraph(model: LayersModel | GraphFile): model is GraphFile {
  return 'artifacts' in model;
}

/** The same, also of a graph model. @throws as openModel does, but for those. */
export async function findModelAt(location: string): Promise<FoundModel> {
  const found = existsSync(location) ? location : trained(location);
  if (KERAS.test(found) && statSync(found).isFile())
    return {model: await loadKeras(await readFile(found)), isOfRun: false};
  if (path.basename(found) === RUN_FILE) return openFolder(path.dirname(found));
  if (statSync(found).isDirectory()) return openFolder(found);
  if (path.extname(found) === '.json') return {model: await openModelJson(found), isOfRun: false};
  throw noModelFile(location);
}

/** A model.json of tfjs-layers, or of Keras or of a graph by the tensorflowjs converter. */
async function openModelJson(location: string): Promise<FoundModel['model']> {
  registerKerasLayers();
  const artifacts = await (fileSystem(location).load as () => Promise<io.ModelArtifacts>)();
  const kind = kindOfTopology(artifacts.modelTopology);
  if (kind === 'graph') return {location, artifacts};
  return kind === 'keras' ? loadKerasArtifacts(artifacts) : loadLayersModel(io.fromMemory(artifacts));
}

/** The folder of a run, by its name. */
function trained(name: string): string {
  const folder = runNamed(name);
  if (folder !== undefined) return folder;
  throw nothingNamed('model', name, 'a file, a folder, or the name of a run or a recipe');
}

/** The model of a run is in the run's folder. */
async function openFolder(folder: string): Promise<FoundModel> {
  const open = async (model: string, isOfRun: boolean) => ({model: await openModelJson(model), isOfRun});
  if (existsSync(path.join(folder, 'model.json'))) return open(folder, false);
  const inner = path.join(folder, 'model');
  const isThere = existsSync(path.join(inner, 'model.json'));
  if (!isThere) throw noModelFolder(folder);
  return open(inner, existsSync(path.join(folder, RUN_FILE)));
}
