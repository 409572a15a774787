import {readdirSync} from 'node:fs';
import path from 'node:path';
import type {Browser, ElementHandle, Page} from 'puppeteer-core';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {PARTS} from '../../src/mnist/files';
import {contents, files, writeFolder} from '../../src/mnist/fixtures';
import {builtPage, serveWeb, type WebServer} from '../../web/server/serve';
import {launch} from '../browser/launch.mjs';
import {Visitor} from './visitor';

const {MNIST_DIR} = process.env;

/** A name of this machine that is no secure context, and no other names. */
const DNS = {
  chromium: {args: ['--host-resolver-rules=MAP teacher-laptop 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']},
  firefox: {
    extraPrefsFirefox: {
      'network.dns.localDomains': 'teacher-laptop',
      'network.dns.native-is-localhost': false,
      'network.proxy.type': 0,
    },
  },
};

describe.each(['chromium', 'firefox'] as const)('the data in %s', (name) => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch(name, DNS[name]);
  });

  afterAll(async () => {
    await browser?.close();
  });

  /** The page of a server, in a profile of its own, whose storage nobody else sees. */
  async function visit(url: string): Promise<Visitor> {
    const profile = await browser.createBrowserContext();
    return Visitor.open(profile, url);
  }

  describe.skipIf(!MNIST_DIR)('MNIST', () => {
    test('is taken from the server, kept, and used on a page without a network', async () => {
      const server = await serveWeb({mnist: MNIST_DIR});
      const visitor = await visit(server.url);
      const {page, problems} = visitor;
      await inUse(visitor, 'MNIST: 60,000 images to learn from, 10,000 for the test. Kept in this browser');
      await page.evaluate(async () => void (await navigator.serviceWorker.ready));
      // From the second visit on the compiler is kept too, once it is used.
      await page.reload();
      await visitor.idle();
      const assets = readdirSync(path.join(builtPage, 'assets')).map((file) => `assets/${file}`);
      const compiler = assets.find((address) => address.startsWith('assets/binaryen-')) ?? '';
      expect(
        await page.evaluate(async (address) => (await (await fetch(address)).text()).length, compiler),
      ).toBeGreaterThan(1e7);
      await server.close();
      await page.reload();
      await inUse(visitor, 'MNIST: 60,000 images to learn from, 10,000 for the test. Kept in this browser');
      expect(await samples(page)).toHaveLength(36);
      const missing = await page.evaluate(async (addresses) => {
        const found = await Promise.all(addresses.map((address) => fetch(address).then(({ok}) => ok)));
        return addresses.filter((_, i) => !found[i]);
      }, assets);
      expect(missing).toEqual([]);
      await visitor.press('Train');
      await visitor.trains();
      await visitor.press('Stop');
      await visitor.idle();
      expect(await visitor.figure('test-accuracy')).toBeGreaterThan(15);
      expect(problems).toEqual([]);
    });

    test('is removed from the browser, and loaded again', async () => {
      const server = await serveWeb({mnist: MNIST_DIR});
      const visitor = await visit(server.url);
      const {page, problems} = visitor;
      await inUse(visitor, 'Kept in this browser');
      await page.click('#data summary');
      await visitor.press('Remove MNIST from this browser (55 MB)');
      await inUse(visitor, 'This browser keeps it only until the page is closed');
      expect(await page.evaluate(() => caches.has('mnist-wasm'))).toBe(false);
      await visitor.press('Built-in digits');
      await inUse(visitor, 'Built-in digits, not MNIST: 20,000');
      await page.evaluate(noteDownloads);
      await visitor.press('MNIST');
      await inUse(visitor, 'Kept in this browser');
      const noted = await page.evaluate(() => (window as unknown as {downloads: string[]}).downloads);
      expect(noted).toContainEqual(expect.stringMatching(/^Downloading the training images: ([\d.]+) of \1 MB$/));
      expect(await page.$('#data progress')).toBeNull();
      expect(problems).toEqual([]);
      await server.close();
    });

    test('comes on plain http too, where it can be checked only by the page and not kept', async () => {
      const server = await serveWeb({mnist: MNIST_DIR});
      const visitor = await visit(server.url.replace('127.0.0.1', 'teacher-laptop'));
      const {page, problems} = visitor;
      expect(await page.evaluate(() => isSecureContext)).toBe(false);
      await inUse(visitor, 'MNIST: 60,000 images to learn from, 10,000 for the test. This browser keeps it only until');
      expect(problems).toEqual([]);
      await server.close();
    });
  });

  describe('without MNIST', () => {
    let server: WebServer;

    beforeAll(async () => {
      server = await serveWeb();
    });

    afterAll(() => server?.close());

    test('are the built-in digits, of which it shows others', async () => {
      const visitor = await visit(server.url);
      const {page, problems} = visitor;
      await inUse(visitor, 'Built-in digits, not MNIST: 20,000 images to learn from, 4,000 for the test.');
      const first = await samples(page);
      expect(first).toHaveLength(36);
      await visitor.press('Other samples');
      await page.waitForFunction(
        (before) => document.querySelector('.samples')?.textContent !== before,
        {},
        first.join(''),
      );
      expect(problems).toEqual([]);
    });

    test('are files that are picked; what is missing is told, and changes nothing', async () => {
      const visitor = await visit(server.url);
      const {page} = visitor;
      await inUse(visitor, 'Built-in digits');
      await drop(page, ['trainImages', 'trainLabels', 'testImages']);
      expect(await problem(page)).toMatch(/^Missing: the test labels \(t10k-labels-idx1-ubyte\)/);
      await inUse(visitor, 'Built-in digits');
      const folder = writeFolder({nameOf: (file) => `${file}.gz`});
      const input = await page.$('#data input[type=file]');
      await (input as ElementHandle<HTMLInputElement>).uploadFile(
        ...PARTS.map((part) => path.join(folder, `${files[part].name}.gz`)),
      );
      await inUse(visitor, 'Your files: 200 images to learn from, 50 for the test.');
      expect(await page.$('.problem')).toBeNull();
    });

    test('cannot be had from the internet where that does not answer, which is told with a way out', async () => {
      const visitor = await visit(server.url);
      const {page} = visitor;
      await inUse(visitor, 'Built-in digits');
      await page.click('#data summary');
      await visitor.press('MNIST');
      expect(await problem(page)).toMatch(/could not be fetched from the internet.*drop them here/);
      await inUse(visitor, 'Built-in digits');
    });

    test('are the built-in digits where what is kept is damaged, and the page says so', async () => {
      const visitor = await visit(server.url);
      const {page} = visitor;
      await inUse(visitor, 'Built-in digits');
      await page.evaluate(
        async (names) => {
          const cache = await caches.open('mnist-wasm');
          await Promise.all(names.map((file) => cache.put(`https://mnist-wasm.invalid/${file}`, new Response('x'))));
        },
        PARTS.map((part) => files[part].name),
      );
      await page.reload();
      expect(await problem(page)).toMatch(/^MNIST could not be loaded; the built-in digits are in use\. .*damaged/);
      await page.click('#data summary');
      await visitor.press('MNIST');
      await page.waitForFunction(() => document.querySelector('.problem')?.textContent?.includes('Remove it'));
      await visitor.press('Remove MNIST from this browser (55 MB)');
      await page.reload();
      await inUse(visitor, 'Built-in digits');
      expect(await page.$('.problem')).toBeNull();
    });
  });
});

/** Waits until the section says that. */
function inUse(visitor: Visitor, text: string): Promise<void> {
  return visitor.shows('.in-use', text);
}

/** In the page: begins to note what it says of downloads. */
function noteDownloads(): void {
  const downloads: string[] = [];
  (window as unknown as {downloads: string[]}).downloads = downloads;
  new MutationObserver(() => {
    const said = document.querySelector('.download p')?.textContent;
    if (said) downloads.push(said);
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}

/** The labels of the samples. */
async function samples(page: Page): Promise<string[]> {
  await page.waitForSelector('.samples li');
  return page.$$eval('.samples button', (samples) => samples.map(({textContent}) => textContent ?? ''));
}

async function problem(page: Page): Promise<string> {
  await page.waitForSelector('.problem');
  return page.$eval('.problem', ({textContent}) => textContent ?? '');
}

/** Drops files of the small data set on the section. */
async function drop(page: Page, parts: (typeof PARTS)[number][]): Promise<void> {
  const dropped = parts.map((part) => ({name: files[part].name, bytes: [...contents[part]]}));
  await page.evaluate((list) => {
    const dataTransfer = new DataTransfer();
    for (const {name, bytes} of list) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
    const target = document.querySelector('#data .drop');
    target?.dispatchEvent(new DragEvent('drop', {dataTransfer, bubbles: true, cancelable: true}));
  }, dropped);
}
