import {open, readdir, rename, rm} from 'node:fs/promises';
import path from 'node:path';
import {assertGiven, assertText} from '../shared/given.js';
import {makeFolder} from '../shared/make-folder.js';
import {processRuns} from './process.js';

const TEMPORARY = /\.(\d+)\.\d+\.tmp$/;
/** Those that this process writes at the moment. */
const unfinished = new Set<string>();
let written = 0;

/**
 * Writes a file whole or not at all, its folder made where it is missing: whatever ends the process, also a power cut,
 * leaves the former file or the new one, and at most a temporary file beside it.
 */
export async function writeFileAtomic(file: string, content: string | Uint8Array): Promise<void> {
  assertText('file', 'the path of a file', file);
  const isContent = typeof content === 'string' || ArrayBuffer.isView(content);
  assertGiven(isContent, 'content', 'a string or a Uint8Array', content);
  const folder = path.dirname(file);
  await makeFolder(folder);
  const temporary = `${file}.${process.pid}.${written++}.tmp`;
  unfinished.add(temporary);
  try {
    await writeSynced(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    // Best effort: the first error is the one to tell.
    await rm(temporary, {force: true}).catch(() => {});
    throw error;
  } finally {
    unfinished.delete(temporary);
  }
  await syncFolder(folder);
}

/** The files in a folder that `writeFileAtomic` began and never finished, because its process was ended. */
export async function abandonedFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => {
    const pid = Number(TEMPORARY.exec(name)?.[1] ?? Number.NaN);
    // A number is given to another process in time: in a container each program has the same one.
    return pid === process.pid ? !unfinished.has(path.join(folder, name)) : !Number.isNaN(pid) && !processRuns(pid);
  });
}

async function writeSynced(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A renamed file is on the disk only when its folder is. Windows opens no folders, and does so by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
