import {writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import {gunzipSync} from 'node:zlib';
import {loadMnist} from 'mnist-wasm/mnist';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {temporaryFolder, writeFolder} from '../../src/mnist/fixtures';
import {serveWeb} from '../../web/server/serve';
import {run} from '../child';

const {MNIST_DIR} = process.env;
const command = path.resolve(import.meta.dirname, '../../scripts/web.mjs');

async function serve(options: Parameters<typeof serveWeb>[0] = {}): Promise<string> {
  const server = await serveWeb(options);
  onTestFinished(() => server.close());
  return server.url;
}

/** `npm run web` with the page as it is built; it must end by itself. */
function web(...args: string[]) {
  return run(process.execPath, [command, '--no-build', ...args], {});
}

describe('serveWeb', () => {
  test('serves the page, and says that there is no MNIST', async () => {
    const url = await serve();
    const page = await fetch(url);
    expect(await page.text()).toContain('<div id="app">');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(await (await fetch(`${url}config.json`)).json()).toEqual({mnist: null});
    expect((await fetch(`${url}mnist/train-labels-idx1-ubyte.gz`)).status).toBe(404);
    expect((await fetch(`${url}nothing`)).status).toBe(404);
  });

  test.skipIf(!MNIST_DIR)('is a mirror of MNIST where it has a folder, plain or zipped', async () => {
    const folder = temporaryFolder();
    // A folder that the environment names would come before the mirror.
    vi.stubEnv('MNIST_DIR', undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    const names = [
      'train-images-idx3-ubyte',
      'train-labels-idx1-ubyte',
      't10k-images-idx3-ubyte',
      't10k-labels-idx1-ubyte',
    ];
    const original = await serve({mnist: MNIST_DIR});
    for (const [i, name] of names.entries()) {
      const zipped = Buffer.from(await (await fetch(`${original}mnist/${name}.gz`)).arrayBuffer());
      writeFileSync(path.join(folder, i % 2 ? name : `${name}.gz`), i % 2 ? gunzipSync(zipped) : zipped);
    }
    const url = await serve({mnist: folder});
    const config = (await (await fetch(`${url}config.json`)).json()) as {mnist: string};
    const mirrors = [new URL(config.mnist, url).href];
    const {source, train, test: held} = await loadMnist({download: true, mirrors, cacheFolder: temporaryFolder()});
    expect([source, train.size, held.size]).toEqual(['download', 60_000, 10_000]);
  });
});

describe('npm run web', () => {
  test.each([
    ['a folder that is not there', () => '/nowhere', /Cannot read the MNIST folder \/nowhere/],
    [
      'a folder that is incomplete',
      () => writeFolder({replace: {testLabels: null}}),
      /is incomplete: t10k-labels-idx1-ubyte missing/,
    ],
    [
      'other images than MNIST',
      () => writeFolder(),
      /train-images-idx3-ubyte is not MNIST's .*: 156816 unzipped bytes/,
    ],
  ])('refuses %s with exit code 2', async (_, folder, message) => {
    const {code, stderr} = await web('--mnist', folder());
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test('tells that the port is in use, and names another', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void other.close());
    const {port} = other.address() as AddressInfo;
    const {code, stderr} = await web('--port', String(port));
    expect(stderr).toContain(`Port ${port} is in use. Name another: --port ${port + 1}.`);
    expect(code).toBe(2);
  });

  test('refuses a port that is none, and an address of another machine', async () => {
    expect(await web('--port', '70000')).toMatchObject({code: 2, stderr: expect.stringContaining('from 1 to 65535')});
    expect(await web('--host', '192.0.2.1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Cannot serve at 192.0.2.1, port 4173'),
    });
  });
});
