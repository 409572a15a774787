/** `mnist-wasm web` in a project that has nothing but the packed package. */
import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {rename} from 'node:fs/promises';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {afterAll, beforeAll, describe, expect, it, onTestFinished} from 'vitest';
import {freePort} from '../browser/free-port.mjs';
import {environment, run} from '../child';
import {type PackedProject, packedProject} from '../packed-project';

const {MNIST_DIR} = process.env;
const built = existsSync(path.resolve(import.meta.dirname, '../../dist/web/index.html'));

let packed: PackedProject;
let command: string;

beforeAll(async () => {
  packed = await packedProject();
  command = path.join(packed.folder, 'node_modules/.bin/mnist-wasm');
}, 60_000);

afterAll(() => packed?.remove());

/** Starts the server; it tells its address. */
async function serve(...args: string[]): Promise<string> {
  const port = await freePort();
  const child = spawn(command, ['web', '--port', String(port), ...args], {
    cwd: packed.folder,
    env: environment({MNIST_DIR: undefined}),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => ended(child));
  for await (const line of createInterface({input: child.stdout})) {
    const [url] = /http:\S+/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error('mnist-wasm web ended without an address');
}

async function ended(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  await closed;
}

// `npm ci` builds the page too, and `npm run build -- --page`.
describe.skipIf(!built)('mnist-wasm web', () => {
  it('serves the page with all of its files, and the headers that threads need', async () => {
    const url = await serve();
    const page = await fetch(url);
    const text = await page.text();
    expect(text).toContain('<div id="app">');
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    const files = packed.files.flatMap((file) =>
      file.startsWith('dist/web/') ? [file.slice('dist/web/'.length)] : [],
    );
    expect(files).toEqual(expect.arrayContaining(['index.html', 'sw.js', 'config.json']));
    const answers = await Promise.all(files.map((file) => fetch(url + file)));
    expect(answers.filter(({ok}) => !ok).map((answer) => answer.url)).toEqual([]);
    expect(await (await fetch(`${url}config.json`)).json()).toEqual({mnist: null});
    expect((await fetch(`${url}nothing`)).status).toBe(404);
  });

  it.skipIf(!MNIST_DIR)('gives the page MNIST where a folder is named', async () => {
    const url = await serve('--mnist', String(MNIST_DIR));
    const {mnist} = (await (await fetch(`${url}config.json`)).json()) as {mnist: string};
    expect((await fetch(`${url}${mnist}train-images-idx3-ubyte.gz`)).headers.get('content-type')).toBe(
      'application/gzip',
    );
  });
});

describe('mnist-wasm web, asked wrong things', () => {
  it('refuses a port that is none and a folder without MNIST with exit code 2', async () => {
    const web = (...args: string[]) => run(command, ['web', ...args], {cwd: packed.folder});
    expect(await web('--port', '70000')).toMatchObject({code: 2, stderr: expect.stringContaining('from 1 to 65535')});
    if (!built) return;
    const {code, stderr} = await web('--mnist', packed.folder);
    expect({code, stderr}).toEqual({code: 2, stderr: expect.stringMatching(/^error: .* is incomplete: /)});
  });

  it('says where the page is missing, and how to have it', async () => {
    const folder = path.join(packed.folder, 'node_modules/mnist-wasm/dist');
    if (built) await rename(path.join(folder, 'web'), path.join(folder, 'away'));
    const {code, stderr} = await run(command, ['web'], {cwd: packed.folder});
    expect({code, stderr}).toEqual({
      code: 2,
      stderr: expect.stringMatching(/has no page.* in a checkout: npm run web/),
    });
  });
});
