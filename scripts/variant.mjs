/** Builds of the kernels in which constants of assembly/tuning.ts have other values; for programs that run in the project's root. */
import {execFile} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {unshare} from './modules.mjs';

const root = process.cwd();
const require = createRequire(import.meta.url);
const DECLARATION = /^export const (\w+): \w+ = (.+);$/gm;

/** The constants of assembly/tuning.ts and their values, as text. */
export function tuningConstants() {
  const text = readFileSync(path.join(root, 'assembly/tuning.ts'), 'utf8');
  return new Map([...text.matchAll(DECLARATION)].map(([, name, value]) => [name, value]));
}

/**
 * Compiles the relaxed level with some constants replaced.
 *
 * @param values what each is instead, as text
 * @param optimize whether as it is published, and not as `npm run build -- --draft` has it, in a third of the time
 * @param use a setting of the compiler's --use, such as 'THREAD_DELAYS=1'
 * @returns the file, and a function that removes it
 */
export async function buildVariant(values, {optimize = false, use = ''} = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'kernels-'));
  cpSync(path.join(root, 'assembly'), path.join(folder, 'assembly'), {recursive: true});
  cpSync(path.join(root, 'asconfig.json'), path.join(folder, 'asconfig.json'));
  const tuning = path.join(folder, 'assembly/tuning.ts');
  const known = tuningConstants();
  for (const name of Object.keys(values)) {
    if (!known.has(name)) throw new Error(`assembly/tuning.ts has no constant ${name}`);
  }
  const changed = readFileSync(tuning, 'utf8').replace(DECLARATION, (declaration, name, value) =>
    name in values ? declaration.replace(`= ${value};`, `= ${values[name]};`) : declaration,
  );
  writeFileSync(tuning, changed);
  const asc = require.resolve('assemblyscript/bin/asc.js');
  const target = optimize ? 'relaxed' : 'draft';
  const flags = ['assembly/index.ts', '--config', 'asconfig.json', '--target', target, ...(use ? ['--use', use] : [])];
  await promisify(execFile)(process.execPath, [asc, ...flags], {cwd: folder});
  unshare(path.join(folder, 'build/wasm/relaxed.wasm'));
  return {
    file: path.join(folder, 'build/wasm/relaxed.wasm'),
    remove: () => rmSync(folder, {recursive: true}),
  };
}
