import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {io} from '@tensorflow/tfjs-core';
import {fileSystem, ModelFileError, registerFileHandler} from 'mnist-wasm/node';
import {afterEach, beforeEach, expect, it} from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-node-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

/** Where a location leads, as the error tells that nothing is there. */
async function target(location: string | URL): Promise<string> {
  const error = await fileSystem(location)
    .load?.()
    .then(undefined, (reason) => reason);
  expect(error).toBeInstanceOf(ModelFileError);
  return path.dirname((error as ModelFileError).file);
}

it('takes paths, URLs, and what tfjs-node takes for URLs', async () => {
  const spaced = path.join(folder, 'a b#1%');
  expect(await target(spaced)).toBe(spaced);
  expect(await target(pathToFileURL(spaced))).toBe(spaced);
  expect(await target(pathToFileURL(spaced).href)).toBe(spaced);
  expect(await target('nowhere/model')).toBe(path.resolve('nowhere/model'));
  expect(await target('file://./nowhere')).toBe(path.resolve('nowhere'));
  expect(await target('file://nowhere/100%')).toBe(path.resolve('nowhere/100%'));
});

it('takes a folder, or the file itself under any name', async () => {
  const missing = path.join(folder, 'other.json');
  await expect(fileSystem(missing).load?.()).rejects.toMatchObject({file: missing});
  await expect(fileSystem(folder).load?.()).rejects.toMatchObject({file: path.join(folder, 'model.json')});
});

it('refuses what is no place for a model', () => {
  for (const location of ['', 'file://', 'https://example.org/model', new URL('https://example.org/model')]) {
    expect(() => fileSystem(location)).toThrow(ModelFileError);
  }
  expect(() => fileSystem('file:///tmp/a#b')).toThrow(/# is written %23/);
  expect(() => fileSystem('file:///tmp/%ff')).toThrow(ModelFileError);
});

it('registers one handler for file://, however often it is called, and none for others', () => {
  const handlers = (url: string) => [io.getSaveHandlers(url).length, io.getLoadHandlers(url).length];
  expect(handlers('file://model')).toEqual([0, 0]);
  registerFileHandler();
  registerFileHandler();
  expect(handlers('file://model')).toEqual([1, 1]);
  expect(handlers('memory://model')).toEqual([0, 0]);
});
