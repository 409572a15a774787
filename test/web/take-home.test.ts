import {execFile} from 'node:child_process';
import {mkdtempSync} from 'node:fs';
import {mkdir, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import {afterAll, describe, expect, test, vi} from 'vitest';
import {browserNames} from '../browser/launch.mjs';
import {environment} from '../child';
import {violations} from './accessibility';
import {chromiumDownloads, firefoxDownloads} from './downloads';
import {site} from './site';
import {drawThreeOn, Visitor} from './visitor';

const run = promisify(execFile);

/** A server gives the files to a page by names beside it; here they are on a disk. */
const FETCH_FILES = `import {readFileSync} from 'node:fs';
globalThis.fetch = async (file) => new Response(readFileSync(file));`;
/** The lines for TensorFlow.js end with the model. */
const PREDICT = `import {tensor} from '@tensorflow/tfjs-core';
const probabilities = await model.predict(tensor(pixels, [1, 28, 28, 1])).data();`;

describe.each(browserNames)('taking a network home in %s', (name) => {
  const downloads = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-web-'));
  const here = site(name, {launch: {extraPrefsFirefox: firefoxDownloads(downloads)}});

  afterAll(() => rm(downloads, {recursive: true}));

  /** Asks the page for files, and waits until they are there. */
  async function save(visitor: Visitor, button: string, files: string[]): Promise<void> {
    await visitor.press(button);
    await visitor.said(`${files.join(' and ')}: saved with the browser's downloads.`);
    await vi.waitFor(async () => {
      const there = await readdir(downloads);
      expect(files.every((file) => there.includes(file))).toBe(true);
    }, 20_000);
  }

  test('as a module that Node runs by the lines that are shown, and as a page', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    const {page} = visitor;
    if (name === 'chromium') await chromiumDownloads(page, downloads);
    await visitor.press('Train');
    await visitor.trains();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await visitor.press('Stop');
    await visitor.idle();
    await visitor.drawThree();
    const answer = await visitor.answer();
    const shares = await page.$$eval('#draw .probabilities .number', (all) =>
      all.map(({textContent}) => Number.parseFloat(textContent ?? '')),
    );
    const pixels = await page.$eval('canvas[aria-label="The drawing in 28 by 28 pixels"]', (canvas) => {
      const context = (canvas as HTMLCanvasElement).getContext('2d') as CanvasRenderingContext2D;
      const {data} = context.getImageData(0, 0, 28, 28);
      return Array.from({length: 784}, (_, i) => data[4 * i] / 255);
    });

    await save(visitor, 'WebAssembly (.wasm and .js)', ['lenet.wasm', 'lenet.js']);
    expect(await visitor.text('.take-home')).toMatch(/Compiled in .*: a module of \d+ kB\./);
    expect(await violations(page)).toEqual([]);
    await save(visitor, 'TensorFlow.js (.json and .bin)', ['lenet.json', 'lenet.weights.bin']);
    await installPackage(downloads);
    const given = `const pixels = ${JSON.stringify(pixels)};`;
    const programs = {
      module: [given, await visitor.text('pre[data-format="module"]')],
      tfjs: [FETCH_FILES, given, await visitor.text('pre[data-format="tfjs"]'), PREDICT],
    };
    for (const [format, lines] of Object.entries(programs)) {
      const program = [...lines, 'console.log(JSON.stringify([...probabilities]));'].join('\n');
      await writeFile(path.join(downloads, `${format}.js`), program);
      const {stdout} = await run(process.execPath, [`${format}.js`], {cwd: downloads, env: environment()});
      const probabilities: number[] = JSON.parse(stdout);
      expect(probabilities, format).toHaveLength(10);
      probabilities.forEach((probability, digit) => {
        expect(Math.abs(100 * probability - shares[digit]), format).toBeLessThan(0.06);
      });
    }

    await visitor.choose('Weights', 'int8');
    await save(visitor, 'Web page (.html)', ['lenet.html']);
    const html = await readFile(path.join(downloads, 'lenet.html'));
    expect(html.length).toBeLessThan(200_000);
    expect(visitor.problems).toEqual([]);
    await page.close();

    const own = await here.browser.newPage();
    await own.setViewport({width: 900, height: 700});
    const problems: string[] = [];
    own.on('pageerror', (error) => problems.push(String(error)));
    await own.goto(pathToFileURL(path.join(downloads, 'lenet.html')).href);
    await own.waitForSelector('body[data-ready]');
    await drawThreeOn(own, '#pad');
    await own.waitForFunction(() => /\d/.test(document.querySelector('#label')?.textContent ?? ''), {polling: 100});
    expect(await own.$eval('#label', ({textContent}) => textContent)).toBe(answer);
    expect(problems).toEqual([]);
    await own.close();
  });

  test.runIf(name === 'chromium')('is refused beforehand where the network is too large', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    await visitor.choose('Network', 'alexnet');
    await visitor.page.waitForFunction(
      () => !document.querySelector('#model summary')?.textContent?.includes('61,706'),
      {polling: 100},
    );
    await visitor.idle();
    await visitor.shows('#take-home-note', 'the page compiles up to 6,000,000');
    const disabled = await visitor.page.$$eval('.take-home .buttons button:first-child', (buttons) =>
      buttons.map((button) => (button as HTMLButtonElement).disabled),
    );
    expect(disabled, 'the files that are not compiled are there').toEqual([false, false, true, true]);
    expect(visitor.problems).toEqual([]);
    await visitor.page.close();
  });
});

/** A folder whose programs import the package as one that has installed it. */
async function installPackage(folder: string): Promise<void> {
  const root = path.resolve(import.meta.dirname, '../..');
  const modules = path.join(folder, 'node_modules');
  await writeFile(path.join(folder, 'package.json'), '{"type": "module"}');
  await mkdir(modules);
  await symlink(root, path.join(modules, 'mnist-wasm'));
  await symlink(path.join(root, 'node_modules/@tensorflow'), path.join(modules, '@tensorflow'));
}
