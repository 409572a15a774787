import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {build} from 'esbuild';
import {afterEach, describe, expect, it, vi} from 'vitest';
import * as browser from '../../src/mnist/browser.js';
import {PARTS} from '../../src/mnist/files.js';
import * as node from '../../src/mnist/index.js';
import {load} from '../../src/mnist/load.js';
import {contents, digest, expectSmallSet, files, sourceOf} from './fixtures.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const environment = {files, mirrors: ['https://mirror.invalid/'], patience: 1000};

function serveFiles(): void {
  const served = new Map(PARTS.map((part) => [`https://mirror.invalid/${files[part].name}.gz`, contents[part]]));
  vi.stubGlobal('fetch', async (url: string) => {
    const bytes = served.get(url);
    return bytes ? new Response(gzipSync(bytes)) : new Response(null, {status: 404});
  });
}

describe('the browser entry', () => {
  it("exports what Node's does", () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
  });

  it('bundles for a browser without any Node built-in', async () => {
    const {metafile} = await build({
      entryPoints: [path.join(import.meta.dirname, '../../src/mnist/browser.ts')],
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

  it('says why it cannot check a download on an insecure page', async () => {
    serveFiles();
    vi.stubGlobal('crypto', {});
    await expect(sourceOf(load({download: true}, environment))).rejects.toThrow('SHA-256 needs a secure context');
  });
});
