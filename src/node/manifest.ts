import {createHash} from 'node:crypto';
import {constants, open, stat} from 'node:fs/promises';
import path from 'node:path';
import {type io, util} from '@tensorflow/tfjs-core';
import {isDeeper} from '../shared/depth.js';
import {ModelFileError} from './error.js';

export const TOPOLOGY = 'model.json';

/** What a number takes where weights are stored in fewer bits than they have. */
const QUANTISED_BYTES = {uint8: 1, uint16: 2, float16: 2} as const;

const DTYPES = new Set(['float32', 'float16', 'int32', 'uint8', 'uint16', 'bool', 'complex64', 'string']);

/** What tfjs-layers makes a model of goes through its configuration by functions that call themselves. */
const MOST_LEVELS = 500;

const OWN_WEIGHTS = /^weights\.[\da-f]{16}\.bin$/;

/** The name that a save gives to a file of weights: it tells whether the file is as it was written. */
export function weightsName(bytes: Uint8Array): string {
  return `weights.${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}.bin`;
}

/** Whether a save has given this name. */
export function isOwnName(name: string): boolean {
  return OWN_WEIGHTS.test(name);
}

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
  if (isDeeper(json, MOST_LEVELS)) throw refuse(`it is nested more than ${MOST_LEVELS} levels deep`);
  if (typeof json?.modelTopology !== 'object' || json.modelTopology === null) throw refuse('it has no modelTopology');
  if (!Array.isArray(json.weightsManifest)) throw refuse('it has no weightsManifest');
  if (!json.weightsManifest.every(isGroup)) throw refuse('its weightsManifest has groups without paths or weights');
  const broken = json.weightsManifest.flatMap(({weights}) => weights).find((spec) => !isSpec(spec));
  if (broken !== undefined) throw refuse(`it has a weight with no name, shape or dtype: ${JSON.stringify(broken)}`);
  return json;
}

/** @throws ModelFileError where the file cannot be read, or is a pipe or a device; its cause is the system's error. */
export async function readModelFile(file: string): Promise<Buffer> {
  try {
    // Without waiting for somebody to write where it is a pipe. Windows has no such flag, and no such pipes.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      if (!(await handle.stat()).isFile()) throw new Error('it is not a regular file');
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** The length of a file in bytes. @throws ModelFileError as `readModelFile`. */
export async function modelFileBytes(file: string): Promise<number> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new Error('it is not a regular file');
    return found.size;
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): ModelFileError {
  return new ModelFileError(`Cannot read the model file ${file}: ${(error as Error).message}.`, file, error);
}

/**
 * The path of a file that a model.json names.
 * @throws ModelFileError where it leads out of the model's folder.
 */
export function weightPath(file: string, name: string): string {
  const parts = name.split(/[\\/]/);
  if (path.posix.isAbsolute(name) || path.win32.isAbsolute(name) || /^[a-z]:/i.test(name) || parts.includes('..')) {
    throw new ModelFileError(
      `${file} names the weights ${JSON.stringify(name)}; expected a file in its own folder or below.`,
      file,
    );
  }
  return path.join(path.dirname(file), name);
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

function isSpec({name, shape, dtype, quantization}: Partial<io.WeightsManifestEntry> = {}): boolean {
  const isSize = (side: unknown) => Number.isSafeInteger(side) && (side as number) >= 0;
  return (
    typeof name === 'string' &&
    Array.isArray(shape) &&
    shape.every(isSize) &&
    DTYPES.has(String(dtype)) &&
    (quantization == null || Object.hasOwn(QUANTISED_BYTES, quantization.dtype))
  );
}
