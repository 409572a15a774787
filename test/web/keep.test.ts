import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Browser, Page} from 'puppeteer-core';
import {afterAll, beforeAll, beforeEach, describe, expect, test, vi} from 'vitest';
import {serveWeb} from '../../web/server/serve';
import {browserNames, launch} from '../browser/launch.mjs';
import {violations} from './accessibility';
import {chromiumDownloads, firefoxDownloads} from './downloads';
import {Visitor} from './visitor';

/** A backend that does not start. */
const NO_WEBGL: Record<string, string[]> = {chromium: ['--disable-gpu', '--disable-software-rasterizer'], firefox: []};

let served: {url: string; close(): Promise<void>};
beforeAll(async () => {
  served = await serveWeb();
});
afterAll(() => served?.close());

describe.each(browserNames)('models in %s', (name) => {
  let browser: Browser;
  let downloads: string;

  // Each begins with an empty storage.
  beforeEach(async () => {
    downloads = await mkdtemp(path.join(tmpdir(), 'mnist-wasm-web-'));
    browser = await launch(name, {
      args: NO_WEBGL[name],
      extraPrefsFirefox: {'webgl.disabled': true, ...firefoxDownloads(downloads)},
    });
    return async () => {
      await browser.close();
      await rm(downloads, {recursive: true});
    };
  });

  async function visit(): Promise<Visitor> {
    const visitor = await Visitor.open(browser, served.url);
    if (name === 'chromium') await chromiumDownloads(visitor.page, downloads);
    return visitor;
  }

  async function choose(page: Page, files: string[]): Promise<void> {
    const input = await page.$('#keep input[type=file]');
    await (input as import('puppeteer-core').ElementHandle<HTMLInputElement>).uploadFile(
      ...files.map((file) => path.join(downloads, file)),
    );
  }

  test('stay in the browser when the page is closed, are loaded and deleted', async () => {
    const first = await visit();
    await first.type('#keep-name', 'My first');
    await first.press('Keep');
    await first.page.waitForSelector('aria/Load My first[role="button"]');
    await first.page.close();

    const second = await visit();
    await second.choose('Network', 'mlp');
    await second.idle();
    await second.press('Load My first');
    await second.said('LeNet-5 is the model in use.');
    expect(await second.text('#model summary')).toContain('61,706 weights');
    await second.press('Delete My first');
    await second.press('No, keep My first');
    await second.press('Delete My first');
    expect(await violations(second.page)).toEqual([]);
    await second.press('Delete for good: My first');
    await second.said('My first is deleted.');
    expect(await second.text('#keep')).toContain('Nothing is kept yet.');
    expect(second.problems).toEqual([]);
  });

  test.each([
    {format: 'Keras (.h5)', files: ['lenet.h5']},
    {format: 'TensorFlow.js (.json and .bin)', files: ['lenet.json', 'lenet.weights.bin']},
  ])('are saved as $format and loaded again', async ({format, files}) => {
    const visitor = await visit();
    await visitor.press(format);
    await vi.waitFor(async () => expect((await readdir(downloads)).sort()).toEqual(files), 20_000);
    expect(61_706 * 4).toBeLessThan((await readFile(path.join(downloads, files.at(-1) as string))).length + 1);
    await visitor.choose('Network', 'mlp');
    await visitor.idle();
    await choose(visitor.page, files);
    await visitor.said(`${files[0]} is the model in use.`);
    expect(await visitor.text('#model summary')).toContain('61,706 weights');
    if (files.length > 1) {
      await choose(visitor.page, [files[0]]);
      await visitor.page.waitForSelector('.problem');
      expect(await visitor.text('.problem')).toContain(`choose ${files[1]} together with it`);
      expect(await visitor.text('#model summary'), 'the model in use stays').toContain('61,706 weights');
    }
    expect(visitor.problems).toEqual([]);
  });

  test('are kept at the end of a training, with what they achieved', async () => {
    const visitor = await visit();
    await visitor.fill('Epochs', '1');
    await visitor.press('Train');
    await visitor.activity('training');
    await visitor.idle();
    await visitor.page.waitForSelector('aria/Load Last training[role="button"]');
    expect(await visitor.text('.kept')).toMatch(/Last training.*LeNet-5 · .* · [\d.]+ % right/);
    expect(visitor.problems).toEqual([]);
  });

  test('move to another backend, or stay where it does not start', async () => {
    const visitor = await visit();
    await visitor.choose('Backend', 'wasm');
    await visitor.said('The backend is wasm.');
    await visitor.page.waitForFunction(() =>
      document.querySelector('#backend-notes')?.textContent?.includes('not train it: it has no Conv2DBackpropFilter'),
    );
    await visitor.choose('Backend', 'webgl');
    await visitor.page.waitForSelector('.problem');
    expect(await visitor.text('.problem')).toContain('The backend webgl does not start in this browser');
    await visitor.idle();
    expect(await visitor.page.$eval('#backend', (list) => (list as HTMLSelectElement).value)).toBe('wasm');
    await visitor.choose('Backend', 'mnist-wasm');
    await visitor.said('The backend is mnist-wasm.');
    expect(await visitor.text('#backend-notes')).toMatch(/level (relaxed|simd)/);
    expect(visitor.problems).toEqual([]);
  });
});
