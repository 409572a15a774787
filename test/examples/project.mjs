/** An example as somebody has it who copied its folder: outside of this checkout, with what `npm install` brings. */
import {cpSync, existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {npm, run} from '../bundlers/project.mjs';

export const EXAMPLES = path.resolve(import.meta.dirname, '../../examples');
/** What `mnist-wasm compile` writes. */
const MODEL_FILES = ['model.wasm', 'model.js', 'model.d.ts'];
const COMMAND = /^npx mnist-wasm (.+?)(?: +#.*)?$/gm;

/**
 * Copies and installs an example; `mnist-wasm` is the tarball and not what a registry has.
 * @returns the folder
 */
export async function install(name, folder, tarball) {
  const project = path.join(folder, name);
  cpSync(path.join(EXAMPLES, name), project, {recursive: true, filter: isSource});
  const file = path.join(project, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  for (const kind of ['dependencies', 'devDependencies'])
    if (manifest[kind]?.['mnist-wasm']) manifest[kind]['mnist-wasm'] = `file:${tarball}`;
  writeFileSync(file, JSON.stringify(manifest, null, 2));
  await npm(['install', '--ignore-scripts'], project);
  return project;
}

/** Somebody may have tried the example where it is. */
function isSource(file) {
  return !['node_modules', 'dist', 'run', 'package-lock.json', ...MODEL_FILES].includes(path.basename(file));
}

/** The commands of an example's README that make its model, as arguments of mnist-wasm. */
export function modelCommands(name) {
  const text = readFileSync(path.join(EXAMPLES, name, 'README.md'), 'utf8');
  return [...text.matchAll(COMMAND)].map(([, args]) => args.split(' '));
}

/** Trains for one epoch on built-in digits, and compiles, by the commands of the README. */
export async function makeModel(name, project) {
  const program = path.join(project, 'node_modules/.bin/mnist-wasm');
  for (const [command, ...args] of modelCommands(name)) {
    const brief = command === 'train' ? ['--epochs', '1', '--data', 'digits'] : [];
    await run(program, [command, ...args, ...brief], project);
  }
}

/** Most examples need the model; it is made once. */
export function copyModel(from, to) {
  for (const file of MODEL_FILES)
    if (existsSync(path.join(from, file))) cpSync(path.join(from, file), path.join(to, file));
}
