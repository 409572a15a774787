import type {Dirent} from 'node:fs';
import {readdir, stat} from 'node:fs/promises';
import path from 'node:path';
import {MnistError} from '../error.js';
import {type DataFiles, namesOf, PARTS, type Part, TEST_PARTS} from '../files.js';
import {gunzipIdx} from '../gunzip.js';
import {readBytes, refuse} from '../read-file.js';
import type {NamedBytes} from '../split.js';

/** Where the four files of a set are. */
export type IdxPaths = Partial<Record<Part, string>>;

const NAME = /^(.*?)(train|t10k|test)[-_.]?(images|labels)[-_.]idx[13][-_.]ubyte(\.gz)?$/i;
/** Of several data sets in a folder, the first of these; EMNIST's folder has six. */
const PREFERRED = ['', 'emnist-mnist-', 'emnist-digits-'];
/** Those that have letters. */
const LETTERS = /emnist-(letters|balanced|byclass|bymerge)-$/i;

/**
 * The IDX files of a folder, as MNIST's are named, or with a name before it, as EMNIST's are. Archives of some sites have a
 * folder of each name, with the file inside.
 *
 * @param prefix of the data set, where it is not to be chosen.
 * @returns undefined where there is none of them.
 * @throws MnistError that lists what is missing, or says that these are letters.
 */
export async function findIdx(
  folder: string,
  files: DataFiles,
  testOnly: boolean,
  prefix?: string,
): Promise<IdxPaths | undefined> {
  const sets = await setsIn(folder);
  const names = [...sets.keys()];
  const digits = names.filter((name) => !LETTERS.test(name));
  const chosen = prefix ?? PREFERRED.find((name) => sets.has(name)) ?? digits[0] ?? names[0];
  const found = chosen === undefined ? undefined : sets.get(chosen);
  if (found === undefined) return undefined;
  if (LETTERS.test(chosen)) {
    throw new MnistError(`${folder} has ${chosen}..., which are letters too: expected EMNIST's digits or mnist.`, {
      file: folder,
    });
  }
  assertWhole(folder, files, found, testOnly ? TEST_PARTS : PARTS, chosen);
  return found;
}

/** @throws MnistError that lists what is missing. */
export function assertWhole(
  folder: string,
  files: DataFiles,
  found: IdxPaths,
  parts: readonly Part[] = PARTS,
  prefix = '',
): void {
  const missing = parts.filter((part) => found[part] === undefined);
  if (missing.length === 0) return;
  const list = missing.map((part) => `${prefix}${namesOf(files[part])[0]}`).join(', ');
  throw new MnistError(
    `The MNIST folder ${folder} is incomplete: ${list} missing. Expected four files, plain or .gz, ` +
      `named like ${namesOf(files.trainImages).join(', ')}.`,
    {file: folder},
  );
}

/** Files of a set, unzipped. @throws MnistError where one cannot be read, or unzipped as far as its header says. */
export async function readIdxFiles<P extends Part>(
  paths: IdxPaths,
  parts: readonly P[],
): Promise<Record<P, NamedBytes> & Partial<Record<Part, NamedBytes>>> {
  const entries = parts.map(async (part) => {
    const file = paths[part] as string;
    const bytes = await readBytes(file).catch(refuse('read the MNIST file', file));
    return [part, {file, bytes: await gunzipIdx(bytes, file)}] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<P, NamedBytes>;
}

/** The prefix of the set that a file is named after; undefined where it is no IDX file by its name. */
export function prefixOf(file: string): string | undefined {
  return NAME.exec(path.basename(file))?.[1];
}

async function setsIn(folder: string): Promise<Map<string, IdxPaths>> {
  const sets = new Map<string, IdxPaths>();
  const entries = await readdir(folder, {withFileTypes: true});
  // Plain before zipped, dashed before dotted, as before; a file before a folder that has one.
  entries.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  for (const entry of entries) {
    const match = NAME.exec(entry.name);
    if (!match) continue;
    const [, prefix, set, kind] = match;
    const part = `${/train/i.test(set) ? 'train' : 'test'}${/images/i.test(kind) ? 'Images' : 'Labels'}` as Part;
    const file = await fileAt(path.join(folder, entry.name));
    if (file === undefined) continue;
    const paths = sets.get(prefix) ?? {};
    paths[part] ??= file;
    sets.set(prefix, paths);
  }
  return sets;
}

function rank(entry: Dirent): number {
  return (entry.isDirectory() ? 4 : 0) + (/\.idx/.test(entry.name) ? 2 : 0) + (entry.name.endsWith('.gz') ? 1 : 0);
}

/** A file, or the one of such a name in a folder of that name; undefined where there is none. */
async function fileAt(location: string): Promise<string | undefined> {
  if ((await stat(location)).isFile()) return location;
  const inside = (await readdir(location)).find((name) => NAME.test(name));
  if (inside === undefined) return undefined;
  const file = path.join(location, inside);
  return (await stat(file)).isFile() ? file : undefined;
}
