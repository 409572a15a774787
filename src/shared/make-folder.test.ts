import {existsSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {makeFolder} from './make-folder.js';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'mnist-wasm-make-')));
});
afterEach(() => rmSync(folder, {recursive: true}));

const inside = (...names: string[]) => path.join(folder, ...names);

it('makes a folder with those above it, and takes one that is there', async () => {
  await makeFolder(inside('a', 'b', 'c'));
  await makeFolder(inside('a', 'b', 'c'));
  await makeFolder(`${inside('a', 'd')}${path.sep}`);
  await makeFolder(inside('a', 'missing', '..', 'e'));
  for (const name of ['b/c', 'd', 'e']) expect(statSync(inside('a', name)).isDirectory(), name).toBe(true);
  symlinkSync(inside('a'), inside('link'));
  await makeFolder(inside('link', 'f'));
  expect(existsSync(inside('a', 'f'))).toBe(true);
  await makeFolder(path.parse(folder).root);
});

it('is made by several at the same time', async () => {
  await Promise.all([1, 2, 3, 4].map(() => makeFolder(inside('x', 'y', 'z'))));
  expect(statSync(inside('x', 'y', 'z')).isDirectory()).toBe(true);
});

it('says what is in the way', async () => {
  writeFileSync(inside('file'), '');
  await expect(makeFolder(inside('file'))).rejects.toMatchObject({code: 'EEXIST'});
  await expect(makeFolder(inside('file', 'x', 'y'))).rejects.toMatchObject({code: 'ENOTDIR'});
});

it.runIf(process.platform === 'linux')('ends where nothing can be made', async () => {
  for (const place of ['/proc/x', '/proc/x/y/z'])
    await expect(makeFolder(place)).rejects.toMatchObject({code: 'ENOENT'});
});
