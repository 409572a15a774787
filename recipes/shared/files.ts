import {mkdir, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file whole or not at all, its folder made where it is missing: a run that is killed while it writes leaves
 * the former file.
 */
export async function writeFileAtomic(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), {recursive: true});
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, {force: true});
    throw error;
  }
}

/** Makes the folder and a file in it, so that a run learns before its work, not after, that it cannot be kept. */
export async function assertWritable(folder: string): Promise<void> {
  const probe = path.join(folder, `.${process.pid}.tmp`);
  await writeFileAtomic(probe, '');
  await rm(probe);
}
