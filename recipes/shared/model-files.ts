import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {io, util} from '@tensorflow/tfjs-core';
import {RunError} from './errors';
import {writeFileAtomic} from './files';

const TOPOLOGY = 'model.json';
const WEIGHTS = 'weights.bin';
/** The types that are stored as they are in memory. */
const FIXED_SIZE = ['float32', 'int32'];

/**
 * Saves to and loads from a folder in the TensorFlow.js layers format: model.json and weights.bin, which
 * `tf.loadLayersModel` of every platform reads. tfjs has such a handler for Node only in tfjs-node.
 *
 * @example
 * await model.save(modelFolder('out/lenet/model'));
 * const model = await tf.loadLayersModel(modelFolder('out/lenet/model'));
 */
export function modelFolder(folder: string): io.IOHandler {
  return {
    save: (artifacts) => save(folder, artifacts),
    load: () => load(folder),
  };
}

async function save(folder: string, artifacts: io.ModelArtifacts): Promise<io.SaveResult> {
  const {weightData = new ArrayBuffer(0), weightSpecs = [], getWeightStream: _stream, ...topology} = artifacts;
  const modelJSON = {...topology, weightsManifest: [{paths: [WEIGHTS], weights: weightSpecs}]};
  // The weights first: a model.json that is there always finds the file it names.
  await writeFileAtomic(path.join(folder, WEIGHTS), new Uint8Array(io.concatenateArrayBuffers(weightData)));
  await writeFileAtomic(path.join(folder, TOPOLOGY), JSON.stringify(modelJSON));
  return {modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts)};
}

async function load(folder: string): Promise<io.ModelArtifacts> {
  const file = path.join(folder, TOPOLOGY);
  const modelJSON = parse(file, (await read(file)).toString('utf8'));
  return io.getModelArtifactsForJSON(modelJSON, async (manifest) => {
    const names = manifest.flatMap((group) => group.paths);
    const shards = await Promise.all(names.map((name) => read(path.join(folder, name))));
    const specs = io.getWeightSpecs(manifest);
    const bytes = new Uint8Array(Buffer.concat(shards));
    assertSize(folder, specs, bytes.length);
    return [specs, bytes.buffer];
  });
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new RunError(`cannot read the model file ${file}: ${(error as Error).message}`);
  }
}

function parse(file: string, text: string): io.ModelJSON {
  try {
    const json = JSON.parse(text) as io.ModelJSON;
    if (!Array.isArray(json.weightsManifest) || !json.modelTopology) throw new Error('no topology or weights manifest');
    return json;
  } catch (error) {
    throw new RunError(`${file} is no TensorFlow.js layers model: ${(error as Error).message}`);
  }
}

/** Weights that stop early are told as an invalid array length, and those too long not at all. */
function assertSize(folder: string, specs: io.WeightsManifestEntry[], found: number): void {
  if (specs.some(({dtype, quantization}) => quantization !== undefined || !FIXED_SIZE.includes(dtype))) return;
  const bytes = specs.reduce((sum, {shape, dtype}) => sum + util.sizeFromShape(shape) * util.bytesPerElement(dtype), 0);
  if (bytes !== found) throw new RunError(`the weights in ${folder} are ${found} bytes, expected ${bytes}`);
}
