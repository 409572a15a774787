import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';

/** A file of the package that is read when it is needed: `npm run build` copies them to dist/assets. */
export async function asset(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const root = path.dirname(createRequire(import.meta.url).resolve('mnist-wasm/package.json'));
  return new Uint8Array(await readFile(path.join(root, 'dist/assets', name)));
}
