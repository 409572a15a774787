import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {environment} from '../test/child';

const PROGRAM = path.resolve(import.meta.dirname, '../dist/cli/index.js');
const TINY = '--data digits --train-size 200 --test-size 60 --batch-size 20 --epochs 2'.split(' ');

// A machine that is busy trains slowly.
vi.setConfig({testTimeout: 120_000});

let folder: string;
let runs = 0;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-output-'));
});
afterAll(() => rmSync(folder, {recursive: true}));

type Target = number | 'pipe' | 'closed' | 'closed after a line';

/** Runs a command whose output and errors go to files, to pipes, or to pipes that nobody reads to the end. */
async function run(args: string[], stdout: Target, stderr: Target) {
  const stream = (target: Target) => (typeof target === 'number' ? target : 'pipe');
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: environment(),
    stdio: ['ignore', stream(stdout), stream(stderr)],
  });
  const texts = [stdout, stderr].map((target, i) => {
    const readable = [child.stdout, child.stderr][i];
    const chunks: string[] = [];
    readable?.on('data', (chunk) => {
      chunks.push(String(chunk));
      if (target === 'closed after a line') readable.destroy();
    });
    if (target === 'closed') readable?.destroy();
    return chunks;
  });
  const [code] = await once(child, 'close');
  return {code, stdout: texts[0].join(''), stderr: texts[1].join('')};
}

/** A training into a folder of its own. */
async function train(stdout: Target, stderr: Target) {
  const out = path.join(folder, String(runs++));
  const finished = await run(['train', 'lenet', ...TINY, '--out', out], stdout, stderr);
  const isWhole = existsSync(path.join(out, 'model', 'model.json')) && existsSync(path.join(out, 'report.html'));
  return {...finished, status: isWhole && JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8')).status};
}

describe('a pipe that is closed', () => {
  it.each<[Target, Target]>([
    ['closed after a line', 'pipe'],
    ['closed', 'closed'],
  ])('does not end a training: %s, %s', async (stdout, stderr) => {
    expect(await train(stdout, stderr)).toMatchObject({code: 0, status: 'finished', stderr: ''});
  });

  it.each([['list'], ['summary', 'lenet'], ['--help'], ['explore', '--data', 'digits', '--out', 'EXPLORED']])(
    'ends %s quietly',
    async (...args) => {
      const given = args.map((arg) => (arg === 'EXPLORED' ? path.join(folder, 'explored') : arg));
      expect(await run(given, 'closed', 'pipe')).toMatchObject({code: 0, stderr: ''});
    },
  );

  it('is no reason to hide that a command has failed', async () => {
    expect(await run(['list', '--nothing'], 'closed', 'closed')).toMatchObject({code: 2});
  });
});

describe.skipIf(!existsSync('/dev/full'))('a device that is full', () => {
  const full = () => openSync('/dev/full', 'w');
  const WARNING = /^warning: the standard output cannot be written \(ENOSPC.*\): what is for it is dropped\n$/;

  it('does not end a training, which says so where it can', async () => {
    const device = full();
    expect(await train(device, 'pipe')).toMatchObject({
      code: 0,
      status: 'finished',
      stderr: expect.stringMatching(WARNING),
    });
    expect(await train(device, device)).toMatchObject({code: 0, status: 'finished'});
    closeSync(device);
  });

  it('is an error for a command whose output is all that it gives', async () => {
    const device = full();
    expect(await run(['list'], device, 'pipe')).toMatchObject({code: 1, stderr: expect.stringMatching(WARNING)});
    closeSync(device);
  });
});
