import {readFile} from 'node:fs/promises';
import path from 'node:path';

/** What the loader that is written beside a module gives. */
export interface Compiled {
  readonly inputShapes: number[][];
  predict(...inputs: ArrayLike<number>[]): Float32Array;
}

/** Runs what was written, wherever that is: Node would take it for CommonJS in a package of that type. */
export async function loadCompiled(loader: string, bytes: Uint8Array): Promise<Compiled> {
  const {load} = (await import(`data:text/javascript,${encodeURIComponent(loader)}`)) as {
    load(source: Uint8Array): Promise<Compiled>;
  };
  return load(bytes);
}

export const TYPE_HINT =
  'Node takes it for a module where its package.json has "type": "module", or if it is named .mjs';

/** Whether Node takes a .js file there for a module. */
export async function isOfModules(file: string): Promise<boolean> {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    const text = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) return /"type"\s*:\s*"module"/.test(text);
    if (folder === path.dirname(folder)) return false;
  }
}
