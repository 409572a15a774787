import {mkdir, readdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import {readEnvironment} from '../shared/environment.js';
import {MnistError} from './error.js';
import {type DataFiles, namesOf, PARTS, type Part} from './files.js';
import {gunzip} from './gunzip.js';
import type {Cache, Storage} from './load.js';
import type {NamedBytes} from './split.js';

/** Folders and the cache, on Node's file system. */
export const nodeStorage = {
  folders: {
    // An empty variable is how shells unset one for a single command.
    defaultFolder: () => readEnvironment('MNIST_DIR') || undefined,
    readFolder,
  },
  openCache: async (folder?: string) => openCache(folder ?? defaultCacheFolder()),
} satisfies Storage;

/** All four files of a folder, unzipped. @throws MnistError that lists what is missing, or says what cannot be read. */
export async function readFolder(folder: string, files: DataFiles): Promise<Record<Part, NamedBytes>> {
  const present = await readdir(folder).catch(refuse('read the MNIST folder', folder));
  const names = PARTS.map((part) => namesOf(files[part]).find((name) => present.includes(name)));
  const missing = PARTS.filter((_, i) => names[i] === undefined).map((part) => namesOf(files[part])[0]);
  if (missing.length > 0) {
    throw new MnistError(
      `The MNIST folder ${folder} is incomplete: ${missing.join(', ')} missing. Expected four files, plain or .gz, ` +
        `named like ${namesOf(files.trainImages).join(', ')}.`,
      {file: folder},
    );
  }
  const read = async (name: string): Promise<NamedBytes> => {
    const file = path.join(folder, name);
    const bytes = await readBytes(file).catch(refuse('read the MNIST file', file));
    return {file, bytes: await gunzip(bytes, file)};
  };
  const entries = PARTS.map(async (part, i) => [part, await read(names[i] as string)] as const);
  return Object.fromEntries(await Promise.all(entries)) as Record<Part, NamedBytes>;
}

/** A plain Uint8Array: a Buffer's slice() means something else, and callers get views of these bytes. */
async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const {buffer, byteOffset, byteLength} = await readFile(file);
  return new Uint8Array(buffer, byteOffset, byteLength);
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
        await mkdir(folder, {recursive: true});
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

function refuse(act: string, file: string, hint = ''): (error: Error) => never {
  return (error) => {
    throw new MnistError(`Cannot ${act} ${file}: ${error.message}.${hint}`, {file, cause: error});
  };
}
