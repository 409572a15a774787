/**
 * What is built is built of the sources as they are: the build notes the hash of each of its inputs in build/inputs.json,
 * and whoever runs what was built asks whether they still have it. Contents and not times: a checkout sets those.
 */
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const RECORD = 'build/inputs.json';

/** What can be built without the rest, where that is, and of which files and folders. */
const PARTS = {
  simd: {output: 'dist/wasm/simd.wasm', sources: ['asconfig.json', 'assembly']},
  relaxed: {output: 'dist/wasm/relaxed.wasm', sources: ['asconfig.json', 'assembly']},
  /** The same, where it is no draft. */
  optimized: {output: 'dist/wasm/relaxed.wasm', sources: ['asconfig.json', 'assembly']},
  inference: {output: 'dist/wasm/inference-relaxed.wasm', sources: ['asconfig.json', 'assembly']},
  /** The benchmark's own. */
  peaks: {output: 'dist/bench/peak-relaxed.wasm', sources: ['bench/asconfig.json', 'bench/assembly', 'assembly']},
  bundles: {
    output: 'dist/',
    sources: ['assembly', 'bench', 'cli', 'common', 'package.json', 'recipes', 'scripts', 'src', 'tsconfig.json'],
  },
  /** In the package; build/web is that of `npm run web`. */
  page: {
    output: 'dist/web/',
    sources: ['assembly', 'common', 'package.json', 'recipes', 'scripts', 'src', 'tsconfig.json', 'web'],
  },
  types: {output: 'dist/types/', sources: ['assembly', 'src', 'tsconfig.build.json', 'tsconfig.json']},
  /** The tools of the tests, which are bundled of files in test/ and of those above. */
  programs: {output: 'build/', sources: ['test']},
};

/** @typedef {keyof typeof PARTS} Part */

export const ALL_PARTS = /** @type {Part[]} */ (Object.keys(PARTS));
/** @typedef {Record<string, string>} Hashes by the path of a file */

/** What is there is not what the sources would give. */
export class StaleBuildError extends Error {}

/**
 * The hashes of all that a part may be built of; tests and their fixtures are in no bundle.
 *
 * @param {Part} part
 * @param {string} [root]
 * @returns {Hashes}
 */
export function hashesOf(part, root = ROOT) {
  const files = PARTS[part].sources.flatMap((source) => filesIn(source, root));
  return Object.fromEntries(files.map((file) => [file, hashOf(path.join(root, file))]));
}

/**
 * Forgets what was noted of parts: they are about to be written.
 *
 * @param {readonly Part[]} parts
 * @param {string} [root]
 */
export function forgetInputs(parts, root = ROOT) {
  const record = readRecord(root);
  for (const part of parts) delete record[part];
  writeRecord(record, root);
}

/**
 * Notes what parts were built of, and the files of the bundles.
 *
 * @param {Partial<Record<Part, Hashes>>} built
 * @param {readonly string[]} outputs
 * @param {string} [root]
 */
export function noteInputs(built, outputs, root = ROOT) {
  writeRecord({...readRecord(root), ...built, outputs}, root);
}

/**
 * @param {readonly Part[]} parts
 * @param {string} [root]
 */
export function isBuilt(parts, root = ROOT) {
  try {
    assertBuilt(parts, root);
    return true;
  } catch (error) {
    if (error instanceof StaleBuildError) return false;
    throw error;
  }
}

/**
 * @param {readonly Part[]} parts
 * @param {string} [root]
 * @throws {StaleBuildError} where one of them is not built, or was built from other sources than those that are there now.
 */
export function assertBuilt(parts, root = ROOT) {
  const record = readRecord(root);
  for (const part of parts) {
    const {output} = PARTS[part];
    const noted = record[part];
    if (noted === undefined || !existsSync(path.join(root, output))) {
      throw new StaleBuildError(`${output} is not built, or not to its end; run npm run build`);
    }
    const change = firstChange(noted, part, root);
    if (change) throw new StaleBuildError(`${output} was built from other sources: ${change}; run npm run build`);
  }
  const missing = record.outputs?.find((file) => !existsSync(path.join(root, file)));
  if (missing) throw new StaleBuildError(`${missing} is missing; run npm run build`);
}

/** @returns {string | undefined} */
function firstChange(noted, part, root) {
  // Of test/ only some files are in a bundle, and a new one is in none.
  const now = part === 'programs' ? onlyThose(Object.keys(noted), root) : hashesOf(part, root);
  for (const [file, hash] of Object.entries(noted)) {
    if (now[file] === undefined) return `${file} is gone`;
    if (now[file] !== hash) return `${file} has changed`;
  }
  const added = Object.keys(now).find((file) => noted[file] === undefined);
  return added && `${added} is new`;
}

function onlyThose(files, root) {
  const present = files.filter((file) => existsSync(path.join(root, file)));
  return Object.fromEntries(present.map((file) => [file, hashOf(path.join(root, file))]));
}

function filesIn(source, root) {
  if (!statSync(path.join(root, source)).isDirectory()) return [source];
  return readdirSync(path.join(root, source), {withFileTypes: true}).flatMap((entry) => {
    const file = path.posix.join(source, entry.name);
    if (entry.isDirectory()) return /^(node_modules|fixtures)$/.test(entry.name) ? [] : filesIn(file, root);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [file];
  });
}

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}

function readRecord(root) {
  try {
    return JSON.parse(readFileSync(path.join(root, RECORD), 'utf8'));
  } catch {
    return {};
  }
}

function writeRecord(record, root) {
  const file = path.join(root, RECORD);
  mkdirSync(path.dirname(file), {recursive: true});
  writeFileSync(file, `${JSON.stringify(record, null, 1)}\n`);
}
