/**
 * The pages of README.md and docs/ in browsers. They take packages from a CDN, which serves the files of npm packages; here
 * the packed package and the installed ones stand in for it.
 */
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Browser, HTTPRequest} from 'puppeteer-core';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {browserNames, launch} from '../browser/launch.mjs';
import {type PackedProject, packedProject} from '../packed-project';
import {snippetsIn} from './markdown';

/** A file of a version of a package. */
const ON_CDN = /^https:\/\/cdn\.jsdelivr\.net\/npm\/((?:@[^/]+\/)?[^/@]+)@([^/]+)\/(.+)$/;

let packed: PackedProject;

beforeAll(async () => {
  packed = await packedProject();
});

afterAll(() => packed?.remove());

describe.each(browserNames)('in %s', (name) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch(name);
  });

  afterAll(() => browser?.close());

  it.each(snippetsIn('html'))('$file:$line trains, saved as a file and opened', async ({text}) => {
    const file = path.join(packed.folder, 'page.html');
    await writeFile(file, text);
    const page = await browser.newPage();
    const asked: string[] = [];
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (message) => wrong.push(message.text()));
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      asked.push(request.url());
      void answer(request).catch((error: unknown) => wrong.push(`${request.url()}: ${error}`));
    });
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction(() => !document.body.textContent?.includes('Training'), {timeout: 60_000});
    const said = await page.evaluate(() => document.querySelector('#result')?.textContent);
    expect(wrong).toEqual([]);
    expect(said).toMatch(/^(8|9)\d\.\d % of the test digits are read right\.$/);
    expect(asked.some((url) => url.includes('/mnist-wasm@'))).toBe(true);

    // The entries that the page has in its map, and does not use.
    const entries = [...text.matchAll(/"(mnist-wasm[\w/]*)": "/g)].map(([, entry]) => entry);
    // As text: what vitest makes of an import() is not known to a page.
    const exportsOf = `Promise.all(${JSON.stringify(entries)}.map((one) => import(one))).then((all) => all.map(Object.keys))`;
    const loaded = (await page.evaluate(exportsOf)) as string[][];
    expect(loaded).toHaveLength(entries.length);
    expect(loaded.every((names) => names.length > 0)).toBe(true);
    expect(wrong).toEqual([]);
    await page.close();
  });
});

/** As the CDN would, of the packages that are here in just that version. */
async function answer(request: HTTPRequest): Promise<void> {
  const [, name, version, file] = ON_CDN.exec(request.url()) ?? [];
  if (name === undefined) return request.continue();
  const folder = path.join(packed.folder, 'node_modules', name);
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  if (manifest.version !== version) throw new Error(`here is ${name} ${manifest.version}`);
  await request.respond({
    contentType: file.endsWith('.wasm') ? 'application/wasm' : 'text/javascript; charset=utf-8',
    headers: {'access-control-allow-origin': '*'},
    body: await readFile(path.join(folder, file)),
  });
}
