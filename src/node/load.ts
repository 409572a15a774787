import {stat} from 'node:fs/promises';
import path from 'node:path';
import {io} from '@tensorflow/tfjs-core';
import {ModelFileError} from './error.js';
import {
  isOwnName,
  modelFileBytes,
  readModelFile,
  readModelJson,
  TOPOLOGY,
  weightBytes,
  weightFiles,
  weightPath,
  weightsName,
} from './manifest.js';

/** How often a model is looked for again that is replaced while it is read: others may save all the time. */
const ATTEMPTS = 1000;

/** @param location a folder that has a model.json, or such a file under any name. */
export async function load(location: string): Promise<io.ModelArtifacts> {
  const file = await modelFile(location);
  for (let attempt = 1; ; attempt++) {
    const version = await versionOf(file);
    try {
      return await artifacts(file, await readModelJson(file));
    } catch (error) {
      // Whoever saves removes the former weights: then model.json is another one by now. The names in it may be the same
      // ones again.
      if (attempt === ATTEMPTS || (await versionOf(file)) === version) throw error;
    }
  }
}

async function versionOf(file: string): Promise<string> {
  const found = await stat(file, {bigint: true}).catch(() => undefined);
  return found ? `${found.ino} ${found.mtimeNs} ${found.ctimeNs}` : '';
}

async function modelFile(location: string): Promise<string> {
  const isFile = await stat(location).then(
    (found) => found.isFile(),
    () => path.extname(location) === '.json',
  );
  return isFile ? location : path.join(location, TOPOLOGY);
}

function artifacts(file: string, json: io.ModelJSON): Promise<io.ModelArtifacts> {
  return io.getModelArtifactsForJSON(json, async (manifest) => {
    const names = weightFiles(manifest).map((name) => weightPath(file, name));
    const specs = io.getWeightSpecs(manifest);
    // The lengths before the contents: there may be more than the memory holds.
    const lengths = await Promise.all(names.map(modelFileBytes));
    const length = lengths.reduce((sum, bytes) => sum + bytes, 0);
    const expected = weightBytes(specs) ?? length;
    if (length !== expected) {
      throw new ModelFileError(
        `The weights of ${file} are ${length} bytes, expected ${expected}: truncated, or of another model ` +
          `(${names.join(', ')}).`,
        names[0] ?? file,
      );
    }
    const parts = await Promise.all(names.map(readModelFile));
    for (const [i, name] of names.entries()) assertAsSaved(name, parts[i]);
    return [specs, new Uint8Array(Buffer.concat(parts, length)).buffer];
  });
}

/** @throws ModelFileError where a file of weights that was saved here is not as it was written. */
function assertAsSaved(name: string, bytes: Uint8Array): void {
  if (!isOwnName(path.basename(name)) || weightsName(bytes) === path.basename(name)) return;
  throw new ModelFileError(
    `The weights ${name} are damaged: a hash of what was written is in the name, and the file has another.`,
    name,
  );
}
