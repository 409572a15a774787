import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {describe, expect, it, onTestFinished} from 'vitest';
import {PARTS} from './files.js';
import {contents, digest, expectSmallSet, files, sourceOf, splits, temporaryFolder} from './fixtures/index.js';
import {type Environment, load} from './load.js';
import {defaultCacheFolder, nodeStorage} from './storage.js';
import type {LoadOptions, Progress} from './types.js';

/** Nothing listens on the discard port of this machine. */
const NO_SERVER = 'http://127.0.0.1:9/';
const storage = {...nodeStorage, folders: {...nodeStorage.folders, defaultFolder: () => undefined}};
const environment: Environment = {files, mirrors: [NO_SERVER], patience: 5000, storage};

const zipped = Object.fromEntries(PARTS.map((part) => [`/${files[part].name}.gz`, gzipSync(contents[part])]));

/** A mirror on this machine, and the addresses that it was asked for. */
async function mirror(listener: RequestListener): Promise<{url: string; requests: string[]}> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mnist/`, requests};
}

const bodyOf = (url = '') => zipped[url.replace('/mnist', '')];
const serve: RequestListener = (request, response) => {
  const body = bodyOf(request.url);
  response.writeHead(body ? 200 : 404, {'content-length': body?.length ?? 0}).end(body);
};
/** As serve, but what is sent is changed first. */
const serveChanged =
  (change: (body: Uint8Array) => Uint8Array): RequestListener =>
  (request, response) =>
    response.end(change(bodyOf(request.url)));

function fetchFrom(mirrors: string[], options: LoadOptions = {}, env: Partial<Environment> = {}) {
  const cacheFolder = options.cacheFolder ?? temporaryFolder();
  return load({download: true, mirrors, ...options, cacheFolder}, {...environment, ...env});
}

describe('download', () => {
  it('fetches the four files, keeps them plain in the cache, and reports progress', async () => {
    const {url, requests} = await mirror(serve);
    const cacheFolder = path.join(temporaryFolder(), 'made', 'when needed');
    const progress: Progress[] = [];
    const data = await fetchFrom([url], {cacheFolder, onProgress: (p) => progress.push(p)});
    expectSmallSet(data, 'download');
    expect(requests).toHaveLength(4);
    expect(readdirSync(cacheFolder).sort()).toEqual(PARTS.map((part) => files[part].name).sort());
    for (const part of PARTS) {
      expect(new Uint8Array(readFileSync(path.join(cacheFolder, files[part].name)))).toEqual(contents[part]);
      const {length} = zipped[`/${files[part].name}.gz`];
      expect(progress.filter(({file}) => file === files[part].name).at(-1)).toMatchObject({
        received: length,
        total: length,
      });
    }
    expectSmallSet(await load({cacheFolder}, environment), 'cache');
    expectSmallSet(await fetchFrom([url], {cacheFolder}), 'cache');
    expect(requests).toHaveLength(4);
  });

  it('goes on to the next mirror after 404, and the address needs no slash at its end', async () => {
    const missing = await mirror((_, response) => response.writeHead(404).end());
    const {url} = await mirror(serve);
    expectSmallSet(await fetchFrom([missing.url, url.slice(0, -1)]), 'download');
    expect(missing.requests).toHaveLength(4);
  });

  it('takes files that the server unzips on the way', async () => {
    const {url} = await mirror((request, response) => {
      response.writeHead(200, {'content-encoding': 'gzip'}).end(bodyOf(request.url));
    });
    expectSmallSet(await fetchFrom([url]), 'download');
  });

  const other = gzipSync(contents.trainImages.with(500, contents.trainImages[500] ^ 1));
  it.for<[string, RequestListener, RegExp]>([
    ['other data of the same size', serveChanged(() => other), /not this file: SHA-256 [0-9a-f]{64} instead of/],
    [
      'a page instead of the file',
      serveChanged(() => new TextEncoder().encode('<html>')),
      /6 unzipped bytes instead of/,
    ],
    ['corrupt gzip data', serveChanged((body) => new Uint8Array(body).fill(0, 20, 40)), /expected whole gzip data/],
    ['truncated gzip data', serveChanged((body) => body.subarray(0, -9)), /unexpected end of file/],
    ['more than the file', serveChanged(() => new Uint8Array(400_000)), /more than 314656 bytes came/],
    ['a bomb', serveChanged(() => gzipSync(new Uint8Array(3_000_000))), /the end of the data, after 156816 unzipped/],
    ['an error', (_, response) => void response.writeHead(503).end(), /HTTP 503 Service Unavailable/],
    [
      'a connection that breaks off',
      (request, response) => {
        response.writeHead(200, {'content-length': bodyOf(request.url).length});
        response.write(bodyOf(request.url).subarray(0, 100), () => response.destroy());
      },
      /train-images-idx3-ubyte\.gz: \w+/,
    ],
  ])('refuses %s, says so, and caches nothing', async ([, listener, reason]) => {
    const {url} = await mirror(listener);
    const cacheFolder = temporaryFolder();
    const loading = sourceOf(fetchFrom([url], {cacheFolder}));
    await expect(loading).rejects.toMatchObject({name: 'MnistError', file: 'train-images-idx3-ubyte'});
    await expect(loading).rejects.toThrow(`Could not download train-images-idx3-ubyte.gz:\n  ${url}train-images`);
    await expect(loading).rejects.toThrow(reason);
    expect(readdirSync(cacheFolder)).toEqual([]);
    // The same mirror does no harm where another is sound.
    const sound = await mirror(serve);
    expectSmallSet(await fetchFrom([url, sound.url], {cacheFolder}), 'download');
  });

  it('gives a silent mirror up', async () => {
    const silent = await mirror(() => {});
    const halfway = await mirror((request, response) => void response.write(bodyOf(request.url).subarray(0, 100)));
    const loading = sourceOf(fetchFrom([silent.url, halfway.url], {}, {patience: 150}));
    await expect(loading).rejects.toThrow(/(nothing came for 0\.15 s[\s\S]*){2}/);
  });

  it('without a network names every mirror and the ways out', async () => {
    const loading = sourceOf(fetchFrom([NO_SERVER, `${NO_SERVER}second/`]));
    await expect(loading).rejects.toThrow(/127\.0\.0\.1:9\/train[\s\S]*127\.0\.0\.1:9\/second\/train[\s\S]*MNIST_DIR/);
  });

  it('touches no network unless it is asked to', async () => {
    const {url, requests} = await mirror(serve);
    const {source} = await load(
      {cacheFolder: temporaryFolder(), mirrors: [url], trainSize: 10, testSize: 10},
      environment,
    );
    expect(source).toBe('digits');
    expect(requests).toEqual([]);
  });
});

describe('the cache', () => {
  it('is completed by fetching only what it lacks or what is damaged', async () => {
    const {url, requests} = await mirror(serve);
    const cacheFolder = temporaryFolder();
    await fetchFrom([url], {cacheFolder});
    requests.length = 0;
    const damaged = path.join(cacheFolder, files.testLabels.name);
    writeFileSync(damaged, contents.testLabels.with(20, 77));
    const loading = sourceOf(load({cacheFolder}, environment));
    await expect(loading).rejects.toThrow(`${damaged} is damaged: SHA-256`);
    await expect(loading).rejects.toThrow('fetch it again with `download: true`');
    expectSmallSet(await fetchFrom([url], {cacheFolder}), 'download');
    expect(requests).toEqual(['/mnist/t10k-labels-idx1-ubyte.gz']);
    expectSmallSet(await load({cacheFolder}, environment), 'cache');
  });

  it('stays whole when several loads fill it at the same time', async () => {
    const {url} = await mirror(serve);
    const cacheFolder = temporaryFolder();
    const loads = await Promise.all([1, 2, 3, 4].map(() => fetchFrom([url], {cacheFolder})));
    for (const data of loads) expect(digest(data.train)).toBe(digest(splits.train));
    expect(readdirSync(cacheFolder)).toHaveLength(4);
  });

  it('that cannot be written is an error that says what to do', async () => {
    const {url} = await mirror(serve);
    const occupied = path.join(temporaryFolder(), 'a file');
    writeFileSync(occupied, '');
    const loading = sourceOf(fetchFrom([url], {cacheFolder: path.join(occupied, 'cache')}));
    await expect(loading).rejects.toThrow(
      /Cannot write the cache .*: (ENOTDIR|EEXIST).* Name a writable `cacheFolder`/,
    );
    await expect(loading).rejects.toMatchObject({name: 'MnistError'});
  });

  it('that cannot be read is an error, not digits', async () => {
    const cacheFolder = temporaryFolder();
    mkdirSync(path.join(cacheFolder, files.trainImages.name));
    await expect(sourceOf(load({cacheFolder}, environment))).rejects.toThrow(
      /Cannot read the cache .*train-images.*: EISDIR/,
    );
  });

  it.for<[string, string, Record<string, string>, RegExp]>([
    ['linux', 'XDG_CACHE_HOME', {XDG_CACHE_HOME: '/x/cache'}, /^\/x\/cache\/mnist-wasm$/],
    ['linux', 'a relative XDG_CACHE_HOME', {XDG_CACHE_HOME: 'x'}, /\/\.cache\/mnist-wasm$/],
    ['linux', 'nothing', {}, /\/\.cache\/mnist-wasm$/],
    ['darwin', 'nothing', {}, /\/Library\/Caches\/mnist-wasm$/],
    ['win32', 'LOCALAPPDATA', {LOCALAPPDATA: '/users/local'}, /^\/users\/local\/mnist-wasm\/Cache$/],
  ])('lies, on %s with %s, where the platform keeps caches', ([platform, , variables, expected]) => {
    expect(defaultCacheFolder((name) => variables[name], platform)).toMatch(expected);
  });
});
