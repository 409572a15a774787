import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {build} from 'esbuild';
import {afterEach, describe, expect, it, vi} from 'vitest';
import * as browser from './browser.js';
import {browserStorage} from './browser-storage.js';
import {PARTS} from './files.js';
import {contents, digest, expectSmallSet, files, sourceOf} from './fixtures/index.js';
import * as node from './index.js';
import {load} from './load.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const environment = {files, mirrors: ['https://mirror.invalid/'], patience: 1000};

/** Serves the small data set in place of the network; the addresses that are asked for. */
function serveFiles(bodies = contents): string[] {
  const requests: string[] = [];
  const served = new Map(PARTS.map((part) => [`https://mirror.invalid/${files[part].name}.gz`, bodies[part]]));
  vi.stubGlobal('fetch', async (url: string) => {
    requests.push(url);
    const bytes = served.get(url);
    return bytes ? new Response(gzipSync(bytes)) : new Response(null, {status: 404});
  });
  return requests;
}

/** As much of Cache Storage as is used, which Node lacks; by cache and address what is kept. */
function stubCaches(failing: Partial<globalThis.Cache> = {}): {entries: Map<string, Uint8Array<ArrayBuffer>>} {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  vi.stubGlobal('caches', {
    open: async (name: string) => ({
      match: async (address: string) => {
        const bytes = entries.get(`${name} ${address}`);
        return bytes && new Response(bytes);
      },
      put: async (address: string, response: Response) => {
        entries.set(`${name} ${address}`, new Uint8Array(await response.arrayBuffer()));
      },
      ...failing,
    }),
  });
  return {entries};
}

describe('the browser entry', () => {
  it("exports what Node's does", () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
  });

  it('bundles for a browser without any Node built-in', async () => {
    const {metafile} = await build({
      entryPoints: [path.join(import.meta.dirname, 'browser.ts')],
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'browser',
      external: ['@tensorflow/*'],
    });
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map((found) => found.path));
    expect(imports).toEqual(['@tensorflow/tfjs-core']);
  });

  it('draws digits, whatever the environment names', async () => {
    vi.stubEnv('MNIST_DIR', '/nowhere');
    const {train, source} = await browser.loadMnist({trainSize: 20, testSize: 10, seed: 9});
    expect(source).toBe('digits');
    expect(digest(train)).toBe(digest(browser.drawDigits({count: 20, seed: 9})));
  });

  it('says that it has no folders', async () => {
    await expect(sourceOf(browser.loadMnist({folder: '/mnist'}))).rejects.toThrow('folder: a browser has no folders');
  });

  it('downloads without a cache', async () => {
    serveFiles();
    const data = await load({download: true}, environment);
    expectSmallSet(data, 'download');
    expect(data.description).toBe('MNIST (200 training and 50 test images)');
  });

  it('checks a download on an insecure page too', async () => {
    vi.stubGlobal('crypto', {});
    serveFiles();
    expectSmallSet(await load({download: true}, environment), 'download');
    serveFiles({...contents, testLabels: contents.testLabels.with(20, 5)});
    await expect(sourceOf(load({download: true}, environment))).rejects.toThrow(/t10k-labels.*not this file: SHA-256/);
  });
});

describe('Cache Storage', () => {
  const withCache = {...environment, storage: browserStorage};

  it('keeps a download, from where later loads take it', async () => {
    const {entries} = stubCaches();
    serveFiles();
    expectSmallSet(await load({download: true}, withCache), 'download');
    expect([...entries.keys()].sort()).toEqual(
      PARTS.map((part) => `mnist-wasm https://mnist-wasm.invalid/${files[part].name}`).sort(),
    );
    vi.stubGlobal('fetch', () => Promise.reject(new Error('the network was asked')));
    expectSmallSet(await load({}, withCache), 'cache');
    expectSmallSet(await load({download: true}, withCache), 'cache');
  });

  it('is another one where cacheFolder names it', async () => {
    const {entries} = stubCaches();
    serveFiles();
    await load({download: true, cacheFolder: 'digits'}, withCache);
    expect([...entries.keys()].every((key) => key.startsWith('digits '))).toBe(true);
    expect((await load({trainSize: 1, testSize: 1}, withCache)).source).toBe('digits');
    expectSmallSet(await load({cacheFolder: 'digits'}, withCache), 'cache');
  });

  it('that is damaged is told of, and mended by a download', async () => {
    const {entries} = stubCaches();
    const requests = serveFiles();
    await load({download: true}, withCache);
    requests.length = 0;
    const key = `mnist-wasm https://mnist-wasm.invalid/${files.testLabels.name}`;
    entries.set(key, contents.testLabels.with(20, 5));
    await expect(sourceOf(load({}, withCache))).rejects.toThrow(
      "t10k-labels-idx1-ubyte in the browser's cache mnist-wasm is damaged: SHA-256",
    );
    expectSmallSet(await load({download: true}, withCache), 'download');
    expect(requests).toEqual([`https://mirror.invalid/${files.testLabels.name}.gz`]);
    expectSmallSet(await load({}, withCache), 'cache');
  });

  const full = async () => {
    throw new DOMException('no room', 'QuotaExceededError');
  };
  it.for<[string, Partial<globalThis.Cache>]>([
    ['is full', {put: full}],
    ['cannot be read', {match: full}],
  ])('that %s lets data be downloaded', async ([, failing]) => {
    const {entries} = stubCaches(failing);
    serveFiles();
    expectSmallSet(await load({download: true}, withCache), 'download');
    expect(entries.size).toBe(failing.put ? 0 : 4);
    expect((await load({trainSize: 1, testSize: 1}, withCache)).source).toBe('digits');
  });

  it('that the browser refuses to open lets data be downloaded', async () => {
    serveFiles();
    vi.stubGlobal('caches', {open: () => Promise.reject(new DOMException('forbidden', 'SecurityError'))});
    expectSmallSet(await load({download: true}, withCache), 'download');
  });
});
