import {existsSync, statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {io} from '@tensorflow/tfjs-core';
import {type LayersModel, loadLayersModel} from '@tensorflow/tfjs-layers';
import {GRAPH_MODEL, kindOfTopology, loadKeras, loadKerasArtifacts, registerKerasLayers} from 'mnist-wasm/keras';
import {fileSystem} from 'mnist-wasm/node';
import {digitsMisfit} from '../recipes';
import {RunError} from './errors';

const KERAS = /\.(h5|hdf5|keras)$/i;

/**
 * A model from a file or a folder: the output of a training run, a folder with a model.json, a model.json, or a Keras
 * file (.h5, .hdf5, .keras).
 *
 * @throws RunError where there is nothing like that; ModelFileError or KerasError where it cannot be read.
 */
export async function openModel(location: string): Promise<LayersModel> {
  if (!existsSync(location)) throw new RunError(`there is no model ${location}: expected a file or a folder`);
  if (KERAS.test(location)) return loadKeras(await readFile(location));
  if (statSync(location).isDirectory()) return openModelJson(modelFolder(location));
  if (path.extname(location) === '.json') return openModelJson(location);
  throw new RunError(
    `${location} is no model: expected a folder with a model.json, a model.json, or a Keras file (.h5, .keras)`,
  );
}

/** A model.json of tfjs-layers, or of Keras by the tensorflowjs converter. */
async function openModelJson(location: string): Promise<LayersModel> {
  registerKerasLayers();
  const artifacts = await (fileSystem(location).load as () => Promise<io.ModelArtifacts>)();
  const kind = kindOfTopology(artifacts.modelTopology);
  if (kind === 'graph') throw new RunError(`cannot use ${location}. ${GRAPH_MODEL}`);
  return kind === 'keras' ? loadKerasArtifacts(artifacts) : loadLayersModel(io.fromMemory(artifacts));
}

/** That of a run is in the run's folder. */
function modelFolder(folder: string): string {
  if (existsSync(path.join(folder, 'model.json'))) return folder;
  const inner = path.join(folder, 'model');
  return existsSync(path.join(inner, 'model.json')) ? inner : folder;
}

/** @throws RunError where the model does not take MNIST's images or does not give ten probabilities. */
export function assertClassifiesDigits(model: LayersModel, location: string): void {
  const misfit = digitsMisfit(model);
  if (misfit !== undefined) throw new RunError(`${location} ${misfit}`);
}
