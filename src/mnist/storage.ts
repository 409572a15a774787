import {readdir, rename, rm, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import {readEnvironment} from '../shared/environment.js';
import {makeFolder} from '../shared/make-folder.js';
import {type DataFiles, PARTS, type Part} from './files.js';
import {assertWhole, findIdx, readIdxFiles} from './formats/idx-files.js';
import {readLocation} from './formats/location.js';
import type {Cache, Storage} from './load.js';
import {readBytes, refuse} from './read-file.js';
import type {NamedBytes} from './split.js';

/** Folders and the cache, on Node's file system. */
export const nodeStorage = {
  folders: {
    // An empty variable is how shells unset one for a single command.
    defaultFolder: () => readEnvironment('MNIST_DIR') || undefined,
    read: readLocation,
  },
  openCache: async (folder?: string) => openCache(folder ?? defaultCacheFolder()),
} satisfies Storage;

/** All four files of a folder, unzipped. @throws MnistError that lists what is missing, or says what cannot be read. */
export async function readFolder(folder: string, files: DataFiles): Promise<Record<Part, NamedBytes>> {
  await readdir(folder).catch(refuse('read the MNIST folder', folder, ' Expected a folder with its four files.'));
  const paths = (await findIdx(folder, files, false)) ?? {};
  assertWhole(folder, files, paths);
  return readIdxFiles(paths, PARTS);
}

/** `mnist-wasm` in the folder that the platform keeps for caches. */
export function defaultCacheFolder(read = readEnvironment, platform: string = process.platform): string {
  // The XDG base directory specification wants relative paths ignored.
  const xdg = read('XDG_CACHE_HOME');
  if (xdg && path.isAbsolute(xdg)) return path.join(xdg, 'mnist-wasm');
  if (platform === 'win32') {
    return path.join(read('LOCALAPPDATA') ?? path.join(homedir(), 'AppData', 'Local'), 'mnist-wasm', 'Cache');
  }
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'mnist-wasm');
  return path.join(homedir(), '.cache', 'mnist-wasm');
}

function openCache(folder: string): Cache {
  const pathOf = (name: string) => path.join(folder, name);
  return {
    pathOf,
    async read(name) {
      return readBytes(pathOf(name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
        return refuse('read the cache', pathOf(name))(error);
      });
    },
    async write(name, bytes) {
      // A name of its own, so that processes which download at the same time do not write into each other's file.
      const temporary = `${pathOf(name)}.${crypto.randomUUID()}.tmp`;
      try {
        await makeFolder(folder);
        await writeFile(temporary, bytes);
        await rename(temporary, pathOf(name));
      } catch (error) {
        // Best effort: the first error is the one to tell.
        await rm(temporary, {force: true}).catch(() => {});
        refuse('write the cache', pathOf(name), ' Name a writable `cacheFolder`.')(error as Error);
      }
    },
  };
}
