import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {io} from '@tensorflow/tfjs-core';
import {fileSystem, LockedError, lockFolder} from 'mnist-wasm/node';
import {afterEach, beforeEach, expect, it, vi} from 'vitest';

vi.setConfig({testTimeout: 60_000});

const root = path.resolve(import.meta.dirname, '../..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-lock-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const lock = () => path.join(folder, '.lock');
const owner = () => JSON.parse(readFileSync(path.join(lock(), 'owner.json'), 'utf8'));

/** A lock as it was left, and how long ago, in seconds. */
function leave(changes: object, age: number): void {
  const left = {...current, ...changes};
  mkdirSync(lock());
  writeFileSync(path.join(lock(), 'owner.json'), JSON.stringify(left));
  const then = Date.now() / 1000 - age;
  utimesSync(lock(), then, then);
}
let current: object;
beforeEach(async () => {
  const unlock = await lockFolder(folder);
  current = owner();
  await unlock();
});

/** Runs a module in a process of its own until it has printed something. */
async function begin(source: string, ...args: string[]) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source, ...args], {cwd: root});
  child.stderr.pipe(process.stderr);
  await once(child.stdout, 'data');
  return child;
}

it('is held by one, told by name, and given back', async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(LockedError);
  await expect(lockFolder(folder)).rejects.toThrow(`process ${process.pid} on `);
  await unlock();
  expect(readdirSync(folder)).toEqual([]);
  await (await lockFolder(path.join(folder, 'new', 'folder')))();
});

it('is waited for, as long as one says', async () => {
  const unlock = await lockFolder(folder);
  const waiting = lockFolder(folder, 30_000);
  await expect(lockFolder(folder, 100)).rejects.toThrow(LockedError);
  await unlock();
  await (await waiting)();
});

it('of a process that was killed is taken over at once, by one of those who want it', async () => {
  const child = await begin(
    `import {lockFolder} from 'mnist-wasm/node';
     await lockFolder(process.argv[1]);
     console.log('locked');
     setInterval(() => {}, 1000);`,
    folder,
  );
  await expect(lockFolder(folder)).rejects.toThrow(`process ${child.pid} on `);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const all = await Promise.allSettled(Array.from({length: 8}, () => lockFolder(folder)));
  const held = all.filter((one) => one.status === 'fulfilled');
  expect(held).toHaveLength(1);
  await held[0].value();
  expect(existsSync(lock())).toBe(false);
});

it.each<[string, object, number, boolean]>([
  ['a process that runs, in a step of ten minutes', {}, 600, false],
  ['a process that runs, and whose number may be that of another by now', {}, 3600, true],
  ['an earlier process of this number', {started: '2020-01-01T00:00:00.000Z'}, 0, true],
  ['another machine, a moment ago', {place: 'elsewhere'}, 5, false],
  ['another machine, two minutes ago', {place: 'elsewhere'}, 120, true],
])('of %s', async (_, changes, age, isFree) => {
  leave(changes, age);
  const locking = lockFolder(folder);
  if (isFree) await (await locking)();
  else await expect(locking).rejects.toThrow(LockedError);
});

it('that nobody can read is taken over after a while', async () => {
  mkdirSync(lock());
  writeFileSync(path.join(lock(), 'owner.json'), '{');
  await expect(lockFolder(folder)).rejects.toThrow('another process is writing to');
  utimesSync(lock(), 1, 1);
  await (await lockFolder(folder))();
});

/** Saves models of 1000, 2000 and 3000 numbers, all 1, 2 and 3, in turns; names of files come again and again. */
const SAVER = `
  import {fileSystem} from 'mnist-wasm/node';
  const [target, first] = process.argv.slice(1);
  const handler = fileSystem(target);
  for (let i = Number(first); ; i++) {
    const value = (i % 3) + 1;
    const weightSpecs = [{name: 'w', shape: [1000 * value], dtype: 'float32'}];
    await handler.save({modelTopology: {value}, weightSpecs, weightData: new Float32Array(1000 * value).fill(value).buffer});
    process.stdout.write('.');
  }`;

it('keeps a model whole that three processes save at once, also when one of them is killed', async () => {
  const target = path.join(folder, 'model');
  const savers = await Promise.all(['0', '1', '2'].map((first) => begin(SAVER, target, first)));
  const load = () => (fileSystem(target) as Required<io.IOHandler>).load();
  const seen = new Set<number>();
  for (let loads = 0; loads < 400; loads++) {
    if (loads === 200) savers[0].kill('SIGKILL');
    const {modelTopology, weightData} = await load();
    const {value} = modelTopology as {value: number};
    const weights = new Float32Array(weightData as ArrayBuffer);
    expect([weights.length, ...new Set(weights)]).toEqual([1000 * value, value]);
    seen.add(value);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(seen.size).toBe(3);
  for (const saver of savers.slice(1)) {
    expect(saver.exitCode).toBeNull();
    saver.kill('SIGKILL');
  }
  await Promise.all(savers.map((saver) => saver.signalCode ?? once(saver, 'exit')));
  const weightData = new Float32Array(4).buffer;
  await fileSystem(target).save?.({
    modelTopology: {},
    weightSpecs: [{name: 'w', shape: [4], dtype: 'float32'}],
    weightData,
  });
  expect(readdirSync(target)).toHaveLength(2);
});
