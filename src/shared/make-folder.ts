import {mkdir, stat} from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder, and those above it that are missing. Node's own recursive mkdir never ends where a file system has a folder but
 * says of what is to be made in it that there is no such folder, as /proc does.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    const above = path.dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === folder) throw error;
    await makeFolder(above);
    await makeOne(folder);
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const stats = await stat(folder).catch(() => undefined);
    if (!stats?.isDirectory()) throw error;
  }
}
