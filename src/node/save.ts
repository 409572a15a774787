import {readdir, rm} from 'node:fs/promises';
import path from 'node:path';
import {io} from '@tensorflow/tfjs-core';
import {assertGiven, isPlain} from '../shared/given.js';
import {abandonedFiles, writeFileAtomic} from './atomic.js';
import {ModelFileError} from './error.js';
import {lockFolder} from './lock.js';
import {isOwnName, readModelJson, TOPOLOGY, weightFiles, weightsName} from './manifest.js';

/** The last save into each folder: one that begins before another has ended waits for it. */
const saves = new Map<string, Promise<unknown>>();
/** Milliseconds to wait for the save of another process. */
const PATIENCE = 60_000;

export async function save(folder: string, artifacts: io.ModelArtifacts): Promise<io.SaveResult> {
  assertGiven(isPlain(artifacts), 'artifacts', 'what model.save gives', artifacts);
  const {weightData, weightSpecs = [], getWeightStream: _stream, ...topology} = artifacts;
  if (topology.modelTopology instanceof ArrayBuffer) throw refusal(folder, 'its topology is binary, expected JSON');
  if (weightData === undefined && weightSpecs.length > 0) throw refusal(folder, 'it comes without its weights');
  if (path.extname(folder) === '.json') throw refusal(folder, 'expected a folder, in which model.json is written');
  const weights = new Uint8Array(io.concatenateArrayBuffers(weightData ?? []));
  const name = weightsName(weights);
  const json = JSON.stringify({...topology, weightsManifest: [{paths: [name], weights: weightSpecs}]});

  const before = saves.get(folder) ?? Promise.resolve();
  const saving = before.catch(() => {}).then(() => replaceAlone(folder, name, weights, json));
  saves.set(folder, saving);
  try {
    await saving;
  } catch (error) {
    throw refusal(folder, (error as Error).message, error);
  } finally {
    if (saves.get(folder) === saving) saves.delete(folder);
  }
  return {modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts)};
}

/** One at a time: another process would take weights for orphans that model.json does not name yet. */
async function replaceAlone(...[folder, ...rest]: Parameters<typeof replace>): Promise<void> {
  const unlock = await lockFolder(folder, PATIENCE);
  try {
    await replace(folder, ...rest);
  } finally {
    await unlock();
  }
}

/** At every moment model.json is whole, and the file of weights that it names is there. */
async function replace(folder: string, name: string, weights: Uint8Array, json: string): Promise<void> {
  const topology = path.join(folder, TOPOLOGY);
  const former = await readModelJson(topology).then(
    ({weightsManifest}) => weightFiles(weightsManifest),
    () => [],
  );
  await writeFileAtomic(path.join(folder, name), weights);
  await writeFileAtomic(topology, json);

  const named = former.filter((file) => path.basename(file) === file && file !== TOPOLOGY);
  const present = await readdir(folder);
  const orphaned = present.filter(isOwnName);
  const abandoned = (await abandonedFiles(folder)).filter((file) => /^(model|weights|\.lock)\./.test(file));
  const stale = new Set([...named, ...orphaned, ...abandoned]);
  stale.delete(name);
  // The model is saved by now: what cannot be removed is left to the next save.
  await Promise.allSettled([...stale].map((file) => rm(path.join(folder, file), {recursive: true, force: true})));
}

function refusal(folder: string, reason: string, cause?: unknown): ModelFileError {
  return new ModelFileError(`Cannot save the model to ${folder}: ${reason}.`, folder, cause);
}
