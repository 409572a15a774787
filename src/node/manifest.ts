import {readFile} from 'node:fs/promises';
import {type io, util} from '@tensorflow/tfjs-core';
import {ModelFileError} from './error.js';

export const TOPOLOGY = 'model.json';

/** What a number takes where weights are stored in fewer bits than they have. */
const QUANTISED_BYTES = {uint8: 1, uint16: 2, float16: 2} as const;

/** @throws ModelFileError where the file cannot be read or is no model. */
export async function readModelJson(file: string): Promise<io.ModelJSON> {
  const bytes = await readModelFile(file);
  const refuse = (reason: string, cause?: unknown) =>
    new ModelFileError(`${file} is no TensorFlow.js model: ${reason}.`, file, cause);
  let json: io.ModelJSON;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw refuse(`it is not JSON: ${(error as Error).message}`, error);
  }
  if (typeof json?.modelTopology !== 'object') throw refuse('it has no modelTopology');
  if (!Array.isArray(json.weightsManifest)) throw refuse('it has no weightsManifest');
  if (!json.weightsManifest.every(isGroup)) throw refuse('its weightsManifest has groups without paths or weights');
  return json;
}

/** @throws ModelFileError where the file cannot be read; its cause is the system's error. */
export async function readModelFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new ModelFileError(`Cannot read the model file ${file}: ${(error as Error).message}.`, file, error);
  }
}

/** The files that hold a model's weights, in their order. */
export function weightFiles(manifest: io.WeightsManifestConfig): string[] {
  return manifest.flatMap(({paths}) => paths);
}

/** The length of the weights in bytes; undefined where only the bytes themselves tell it, as with strings. */
export function weightBytes(specs: readonly io.WeightsManifestEntry[]): number | undefined {
  if (specs.some(({dtype}) => dtype === 'string')) return undefined;
  const bytesPer = ({dtype, quantization}: io.WeightsManifestEntry) =>
    quantization ? QUANTISED_BYTES[quantization.dtype] : util.bytesPerElement(dtype as 'float32');
  return specs.reduce((sum, spec) => sum + util.sizeFromShape(spec.shape) * bytesPer(spec), 0);
}

function isGroup(group: Partial<io.WeightsManifestConfig[number]> | null): boolean {
  return (
    Array.isArray(group?.paths) && group.paths.every((name) => typeof name === 'string') && Array.isArray(group.weights)
  );
}
