import {cp, mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Page} from 'puppeteer-core';
import {requirePeer} from './installed';
import type {LitertPage} from './litert-page';

/** The benchmark runs in the project's root; the package as it is installed has no sources. */
export const PAGE = path.resolve('bench/peers/litert-page.ts');

const ISOLATION = {'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp'};

/**
 * Opens the page of litert-page.ts in Chromium, cross-origin isolated: it has shared memory for threads, and a clock of 5
 * microseconds. Nothing but its server on this machine is asked for anything.
 *
 * @param use what is done there, by functions of the page
 */
export async function withLitertPage<T>(use: (page: LitertPage) => Promise<T>): Promise<T> {
  // Not bundled, as what they need: who has LiteRT.js has a checkout.
  const [{launch}, {preview}] = await Promise.all([import('../../test/browser/launch.mjs'), import('vite')]);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mnist-wasm-litert-'));
  try {
    await writePage(folder);
    const server = await preview({
      configFile: false,
      logLevel: 'error',
      appType: 'mpa',
      build: {outDir: folder},
      preview: {host: '127.0.0.1', headers: ISOLATION},
    });
    try {
      const browser = await launch('chromium');
      try {
        const page = await browser.newPage();
        await page.goto(server.resolvedUrls?.local[0] ?? '', {timeout: 0});
        return await use(functionsOf(page));
      } finally {
        await browser.close();
      }
    } finally {
      await server.close();
    }
  } finally {
    await rm(folder, {recursive: true});
  }
}

/** The version of Chromium here. @throws Error if there is none, or it does not start */
export async function chromiumVersion(): Promise<string> {
  const {launch} = await import('../../test/browser/launch.mjs');
  const browser = await launch('chromium');
  try {
    return (await browser.version()).replace(/^.*\//, '');
  } finally {
    await browser.close();
  }
}

/** The page, LiteRT.js as a module beside it, and its WebAssembly. */
async function writePage(folder: string): Promise<void> {
  const {build} = await import('esbuild');
  const litert = requirePeer.resolve('@litertjs/core');
  await build({
    entryPoints: {page: PAGE, litert},
    outdir: folder,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    // What is timed is what is published; the paths in tsconfig.json lead to the sources.
    alias: await builtForBrowsers(),
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  await cp(path.join(litert, '../../wasm'), path.join(folder, 'wasm'), {recursive: true});
  await writeFile(
    path.join(folder, 'index.html'),
    '<!doctype html><meta charset="utf-8"><title>LiteRT.js</title><script type="module" src="page.js"></script>',
  );
}

/** The package's files by the names that are imported. By a path that is not bundled: it finds them from where it stands. */
async function builtForBrowsers(): Promise<Record<string, string>> {
  const file = pathToFileURL(path.resolve('scripts/entries.mjs')).href;
  const {builtEntries} = (await import(file)) as {builtEntries(platform: 'browser'): Record<string, string>};
  return builtEntries('browser');
}

function functionsOf(page: Page): LitertPage {
  type Global = {litertPage: LitertPage};
  return {
    prepare: (modelCase) => page.evaluate((c) => (globalThis as unknown as Global).litertPage.prepare(c), modelCase),
    measure: (contestant, patience) =>
      page.evaluate((c, p) => (globalThis as unknown as Global).litertPage.measure(c, p), contestant, patience),
  };
}
