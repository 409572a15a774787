#!/usr/bin/env node
/**
 * Runs test/browser/page.ts in headless Chromium, on the built package, under a Content-Security-Policy that allows
 * WebAssembly and forbids eval. CHROMIUM_PATH names the browser; otherwise the usual places are tried.
 */
import {cpSync, existsSync} from 'node:fs';
import path from 'node:path';
import {build} from 'esbuild';
import pc from 'picocolors';
import {chromium} from 'playwright-core';
import {preview} from 'vite';

const TIMEOUT_MINUTES = 5;
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src data:";
const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const outDir = 'build/browser';

process.chdir(path.resolve(import.meta.dirname, '..'));
const executablePath = findChromium();
if (!existsSync('dist/index.js')) fail("dist/index.js is not there: run 'npm run build' first.");
await bundlePage();
const server = await preview({
  configFile: false,
  logLevel: 'error',
  build: {outDir},
  preview: {host: '127.0.0.1', headers: {'Content-Security-Policy': POLICY}},
});
const browser = await launch();
let failed = 0;
try {
  failed = await runPage(server.resolvedUrls.local[0]);
} finally {
  await browser.close();
  await server.close();
}
process.exit(failed > 0 ? 1 : 0);

function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  const found = (named ? [named] : USUAL_PATHS).find((file) => existsSync(file));
  if (found) return found;
  const tried = named
    ? `CHROMIUM_PATH names ${named}, which is not there`
    : `none of ${USUAL_PATHS.join(', ')} is there`;
  return fail(`No Chromium: ${tried}. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.`);
}

/** As an application bundles the package; the aliases are what its exports give to a browser. */
async function bundlePage() {
  await build({
    entryPoints: ['test/browser/page.ts'],
    outdir: outDir,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    alias: {'mnist-wasm/mnist': './dist/mnist.browser.js', 'mnist-wasm': './dist/index.js'},
    // The paths in tsconfig.json lead to the sources.
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  cpSync('test/browser/index.html', path.join(outDir, 'index.html'));
}

async function launch() {
  const args = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({executablePath, args: [...args, '--disable-component-update', '--disable-sync']});
}

/** Opens the page and prints what it reports; the number of failures. */
async function runPage(url) {
  const page = await browser.newPage();
  let passed = 0;
  const failures = [];
  const add = (name, message) => {
    failures.push(name);
    console.error(`${pc.red('failed')} ${name}\n       ${message}`);
  };
  let finish;
  const finished = new Promise((resolve) => {
    finish = resolve;
  });
  const timer = setTimeout(() => finish(false), TIMEOUT_MINUTES * 60_000);
  await page.exposeFunction('finish', () => finish(true));
  page.on('crash', () => finish(false));
  page.on('pageerror', (error) => {
    add('the page', error.stack ?? error.message);
    finish(true);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') add('the console', message.text());
  });
  await page.exposeFunction('report', (name, failure) => {
    if (failure === null) passed++;
    else add(name, failure);
  });
  await page.goto(url);
  if (!(await finished)) add('the page', `crashed, or did not finish within ${TIMEOUT_MINUTES} minutes`);
  clearTimeout(timer);
  console.log(`Chromium ${browser.version()}: ${passed} passed, ${failures.length} failed`);
  return failures.length;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
