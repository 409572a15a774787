import {readFile} from 'node:fs/promises';
import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import {MNIST_FILES, MnistError, mismatch, PARTS, readFolder} from '../../src/mnist/internal.js';

/**
 * The four files of MNIST in a folder, as a mirror serves them: by `NAME.gz`, zipped. What is not zipped in the folder is
 * zipped once, here.
 *
 * @throws MnistError where the folder cannot be read, lacks a file, or has another than MNIST's: no page would take it.
 */
export async function readMirror(folder: string): Promise<Map<string, Uint8Array>> {
  const found = await readFolder(folder, MNIST_FILES);
  const entries = PARTS.map(async (part) => {
    const {file, bytes} = found[part];
    const wrong = await mismatch(MNIST_FILES[part], bytes);
    if (wrong) throw new MnistError(`${file} is not MNIST's ${MNIST_FILES[part].name}: ${wrong}.`, {file});
    const zipped = file.endsWith('.gz') ? await readFile(file) : await promisify(gzip)(bytes);
    return [`${MNIST_FILES[part].name}.gz`, zipped] as const;
  });
  return new Map(await Promise.all(entries));
}
