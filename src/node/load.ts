import {stat} from 'node:fs/promises';
import path from 'node:path';
import {io} from '@tensorflow/tfjs-core';
import {ModelFileError} from './error.js';
import {readModelFile, readModelJson, TOPOLOGY, weightBytes, weightFiles} from './manifest.js';

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
    const names = weightFiles(manifest).map((name) => path.join(path.dirname(file), name));
    const bytes = new Uint8Array(Buffer.concat(await Promise.all(names.map(readModelFile))));
    const specs = io.getWeightSpecs(manifest);
    const expected = weightBytes(specs) ?? bytes.length;
    if (bytes.length !== expected) {
      throw new ModelFileError(
        `The weights of ${file} are ${bytes.length} bytes, expected ${expected}: truncated, or of another model ` +
          `(${names.join(', ')}).`,
        names[0] ?? file,
      );
    }
    return [specs, bytes.buffer];
  });
}
