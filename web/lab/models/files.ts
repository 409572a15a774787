/** Models as files: read from what the user chose, written as what is downloaded. */
import {io, tidy} from '@tensorflow/tfjs-core';
import {type LayersModel, loadLayersModel} from '@tensorflow/tfjs-layers';
import {texts} from '../../texts';
import {artifactsOf} from './packed';
import type {FileFormat, ModelFile} from './types';

const KERAS = /\.(h5|hdf5|keras)$/i;
const JSON_FILE = /\.json$/i;

/**
 * A model out of one Keras file, or of a model.json and its weights.
 * @throws Error where the files are something else, damaged, or of layers that tfjs does not have.
 */
export async function readModel(files: readonly File[]): Promise<LayersModel> {
  const keras = files.filter(({name}) => KERAS.test(name));
  const json = files.filter(({name}) => JSON_FILE.test(name));
  if (keras.length === 1 && files.length === 1) {
    // HDF5 is 5 MB, fetched with the first file that needs it.
    const {loadKeras} = await import('mnist-wasm/keras');
    return loadKeras(await keras[0].arrayBuffer());
  }
  if (json.length === 1 && keras.length === 0) {
    return readLayersModel(
      json[0],
      files.filter((file) => file !== json[0]),
    );
  }
  throw new Error(texts.models.expected(files.map(({name}) => name).join(', ')));
}

async function readLayersModel(file: File, others: readonly File[]): Promise<LayersModel> {
  const json = parse(file.name, await file.text());
  const artifacts = await io.getModelArtifactsForJSON(json, async (manifest) => {
    const names = manifest.flatMap(({paths}) => paths.map((path) => path.slice(path.lastIndexOf('/') + 1)));
    const missing = names.filter((name) => !others.some((other) => other.name === name));
    if (missing.length > 0) {
      throw new Error(texts.models.weightsMissing(file.name, missing.join(', ')));
    }
    const parts = names.map((name) => others.find((other) => other.name === name) as File);
    return [io.getWeightSpecs(manifest), await new Blob(parts).arrayBuffer()];
  });
  try {
    // Weights that are cut off are found here: tfjs would leave behind what it has made of the model by then.
    tidy(() => {
      io.decodeWeights(artifacts.weightData as ArrayBuffer, artifacts.weightSpecs ?? []);
    });
    return await loadLayersModel(io.fromMemory(artifacts));
  } catch (error) {
    throw new Error(texts.models.notLoaded(file.name, (error as Error).message), {cause: error});
  }
}

function parse(name: string, text: string): io.ModelJSON {
  let json: Partial<io.ModelJSON> | null;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(texts.models.notJson(name, (error as Error).message), {cause: error});
  }
  if (json?.format === 'graph-model') {
    throw new Error(texts.models.graph(name));
  }
  if (typeof json?.modelTopology !== 'object' || !Array.isArray(json.weightsManifest)) {
    throw new Error(texts.models.noModel(name));
  }
  return json as io.ModelJSON;
}

/**
 * A model's files, named after `name`. TensorFlow.js's are the two that `model.save('downloads://')` gives: the page or
 * server that has them side by side loads them by the address of the .json file.
 */
export async function writeModel(model: LayersModel, name: string, format: FileFormat): Promise<ModelFile[]> {
  if (format === 'keras') {
    const {saveKerasH5} = await import('mnist-wasm/keras');
    return [{name: `${name}.h5`, content: new Blob([(await saveKerasH5(model)) as Uint8Array<ArrayBuffer>])}];
  }
  const {weightData, weightSpecs, ...rest} = await artifactsOf(model);
  const weights = `${name}.weights.bin`;
  const json = {...rest, weightsManifest: [{paths: [`./${weights}`], weights: weightSpecs}]};
  return [
    {name: `${name}.json`, content: new Blob([JSON.stringify(json)], {type: 'application/json'})},
    {name: weights, content: new Blob([weightData as ArrayBuffer])},
  ];
}
