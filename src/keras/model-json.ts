import {io, type Tensor, util} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {assertGiven, isPlain} from '../shared/given.js';
import {buildWithin} from './budget.js';
import type {BuiltModel} from './build.js';
import {KerasError, kerasError} from './error.js';
import {isObject, type Json, type JsonObject} from './json.js';
import {limitOf} from './limits.js';
import {type Assignment, assignAll} from './weights/assign.js';
import {orderedWeights, treeOf} from './weights/tree.js';

interface Named {
  name: string;
  value: Tensor;
}

/**
 * What a model.json holds: a graph, which tfjs-converter runs; a model as tfjs-layers wrote it; or one of Keras, as the
 * tensorflowjs converter wrote it.
 */
export function kindOfTopology(topology: unknown): 'graph' | 'layers' | 'keras' {
  const {node, library, keras_version: version} = (isObject(topology as Json) ? topology : {}) as JsonObject;
  if (Array.isArray(node) || library !== undefined) return 'graph';
  return typeof version === 'string' && !version.startsWith('tfjs-layers') ? 'keras' : 'layers';
}

/**
 * Builds the model of a model.json that the tensorflowjs converter made of a Keras model, which tfjs-layers cannot do where
 * it is one of Keras 3 or has layers that it lacks.
 *
 * @param artifacts As an IO handler's `load()` gives them.
 * @throws KerasError as {@link loadKeras}; or where it is a graph model.
 */
export async function loadKerasArtifacts(artifacts: io.ModelArtifacts): Promise<LayersModel> {
  assertGiven(isPlain(artifacts), 'artifacts', "what an IO handler's load() gives", artifacts, kerasError);
  const topology = artifacts.modelTopology as unknown as JsonObject;
  assertGiven(isPlain(topology), 'modelTopology', 'the JSON object of a model', topology, kerasError);
  if (kindOfTopology(topology) === 'graph') throw new KerasError(GRAPH_MODEL);
  const config = isObject(topology.model_config) ? topology.model_config : topology;
  const version = String(topology.keras_version ?? '2');
  const {weightData, weightSpecs} = artifacts;
  if (weightData === undefined || weightSpecs === undefined) throw new KerasError('The model.json has no weights.');
  const bytes = bytesOf(weightData, weightSpecs);
  const built = buildWithin(limitOf(bytes.byteLength, {}), config, version);
  const decoded = io.decodeWeights(bytes, weightSpecs);
  try {
    assignAll(
      matched(
        built,
        weightSpecs.map(({name}) => ({name, value: decoded[name]})),
      ),
    );
  } catch (error) {
    for (const weight of built.model.weights) weight.dispose();
    throw error;
  } finally {
    for (const value of Object.values(decoded)) value.dispose();
  }
  return built.model;
}

/** The weights' bytes in one. @throws KerasError where they are none, or not as many as their specifications tell. */
function bytesOf(data: io.WeightData, specs: io.WeightsManifestEntry[]): ArrayBuffer {
  const areSpecs =
    Array.isArray(specs) && specs.every((spec) => typeof spec?.name === 'string' && Array.isArray(spec.shape));
  assertGiven(areSpecs, 'weightSpecs', 'an array of names, shapes and dtypes', specs, kerasError);
  const parts: unknown[] = [data].flat();
  const areBytes =
    parts.length > 0 && parts.every((part) => /ArrayBuffer\]$/.test(Object.prototype.toString.call(part)));
  assertGiven(areBytes, 'weightData', 'an ArrayBuffer, or several', data, kerasError);
  const bytes = io.CompositeArrayBuffer.join(data);
  const isPlainFloat = specs.every(({dtype, quantization}) => dtype === 'float32' && quantization === undefined);
  const expected = specs.reduce((sum, {shape}) => sum + 4 * util.sizeFromShape(shape), 0);
  if (isPlainFloat && bytes.byteLength !== expected) {
    throw new KerasError(`The model.json's weights have ${bytes.byteLength} bytes, expected ${expected}.`);
  }
  return bytes;
}

/** What there is to say of a graph model to who wants layers. */
export const GRAPH_MODEL =
  'This model.json is a graph model: a SavedModel without its layers. Load it with loadGraphModel of ' +
  '@tensorflow/tfjs-converter, or convert the Keras file itself.';

/** The converter writes layer after layer, each layer's weights in Keras's order, under names that hold the layer's. */
function matched({model, converted}: BuiltModel, weights: readonly Named[]): Assignment[] {
  const layers = (treeOf(model, converted).layers ?? [])
    .map((tree) => ({name: tree.name, expected: orderedWeights(tree)}))
    .filter(({expected}) => expected.length > 0);
  const own = layers.map(({name}) => weights.filter((weight) => weight.name.split('/').includes(name)));
  const byName = layers.every(({expected}, i) => expected.length === own[i].length);
  const found = byName ? own.flat() : weights;
  const wanted = layers.flatMap(({expected}) => expected);
  if (found.length !== wanted.length) {
    throw new KerasError(`The model.json has ${found.length} weights, the model ${wanted.length}.`);
  }
  return wanted.map((weight, i) => {
    const {name, value} = found[i];
    return {weight, path: name, shape: value.shape, read: () => value.dataSync() as Float32Array};
  });
}
