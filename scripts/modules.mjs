/**
 * What becomes of a module after the compiler: it is one for any memory, it says which it is, and TypeScript can import
 * it as text.
 *
 * The compiler's modules import a shared memory. They run on one that is not shared too, where nothing waits: what
 * differs is one byte, the flags of the import's limits. A module is published as one for memories that are not shared,
 * and gets the other byte where it is loaded for threads.
 */
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {withoutExports} from './exports.mjs';
import {withoutNames} from './names.mjs';

const CUSTOM_SECTION = 0;
const IMPORT_SECTION = 2;
const MEMORY = 2;
/** Of the limits of a memory: it has a maximum; and it is shared. */
const BOUNDED = 1;
const SHARED = 3;
/** The custom section that names a module. */
const SECTION = 'mnist-wasm';
const GENERATED = 'build/generated';
/** Exported for tests of simd.wasm and relaxed.wasm; their names are 0.4 kB of the 77 that inference takes, compressed. */
const MICRO_KERNEL = /^gemm_f32_(pixels|rows|step|table)_|^depthwise_(tile|row|taps)_/;

/**
 * Finishes modules in build/wasm, and writes build/generated/modules and build/generated/moduleIds.ts.
 *
 * @param {string[]} names
 */
export function finishModules(names) {
  mkdirSync(`${GENERATED}/modules`, {recursive: true});
  const ids = names.map((name) => [name, finishModule(name)]);
  writeFileSync(
    `${GENERATED}/moduleIds.ts`,
    `/** Written by scripts/modules.mjs: the custom section '${SECTION}' of each module. */
export const moduleIds: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(ids))};
`,
  );
}

function finishModule(name) {
  const file = `build/wasm/${name}.wasm`;
  takeNames(file, name);
  if (name.startsWith('inference')) {
    writeFileSync(
      file,
      withoutExports(readFileSync(file), (exported) => MICRO_KERNEL.test(exported)),
    );
  }
  const memoryFlags = unshare(file);
  writeFileSync(
    `${GENERATED}/modules/${name}.ts`,
    `/** Written by scripts/modules.mjs. */
import type {InlinedModule} from '../../../src/backend/module/source.js';
import hex from '../../wasm/${name}.wasm';

export const module: InlinedModule = {hex, memoryFlags: ${memoryFlags}};
`,
  );
  return label(file, name);
}

/**
 * Moves the names of a module's functions into a file of their own, functions-<name>.json: a CPU profile tells functions by
 * their indices. A module that was finished before has none.
 */
function takeNames(file, name) {
  const {module, functions} = withoutNames(readFileSync(file));
  if (Object.keys(functions).length === 0) return;
  writeFileSync(file, module);
  if (!name.startsWith('inference')) writeFileSync(`build/wasm/functions-${name}.json`, JSON.stringify(functions));
}

/**
 * Makes a module one for memories that are not shared.
 *
 * @param {string} file its one import is a memory, with a maximum
 * @returns {number} the offset of the memory's flags
 */
export function unshare(file) {
  const bytes = readFileSync(file);
  const at = limitsOffset(bytes);
  if (bytes[at] !== SHARED && bytes[at] !== BOUNDED) throw new Error(`${file} does not import a memory with a maximum`);
  bytes[at] = BOUNDED;
  writeFileSync(file, bytes);
  return at;
}

/** Ends a module with a custom section, where it has none: the module's name and a hash of it. */
function label(file, name) {
  const bytes = readFileSync(file);
  // Lengths below 128 are one byte, as the format writes numbers.
  const head = Buffer.from(`${String.fromCharCode(SECTION.length)}${SECTION}`, 'latin1');
  const at = bytes.lastIndexOf(head);
  if (at >= 0) return bytes.toString('latin1', at + head.length);
  const id = `${name} ${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
  const content = Buffer.concat([head, Buffer.from(id, 'latin1')]);
  writeFileSync(file, Buffer.concat([bytes, Buffer.of(CUSTOM_SECTION, content.length), content]));
  return id;
}

/** @param {Uint8Array} bytes */
function limitsOffset(bytes) {
  let at = 8;
  const readNumber = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const end = readNumber() + at;
    if (section === IMPORT_SECTION) {
      readNumber();
      // The names of the module and of the import.
      for (let name = 0; name < 2; name++) at = readNumber() + at;
      if (bytes[at++] === MEMORY) return at;
      break;
    }
    at = end;
  }
  throw new Error('the module does not begin by importing a memory');
}
