import type {Page} from 'puppeteer-core';
import {describe, expect, test} from 'vitest';
import {browserNames} from '../browser/launch.mjs';
import {violations} from './accessibility';
import {site} from './site';
import {PHONE, Visitor} from './visitor';

const {MNIST_DIR} = process.env;

describe.each(browserNames)('the inside of the network in %s', (name) => {
  const here = site(name, {serve: {mnist: MNIST_DIR}});

  test('shows every layer, how a unit comes to its value, and what excites it', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    const {page} = visitor;
    await visitor.drawThree();
    await visitor.answer();
    await bring(page, '.strips');
    await page.waitForFunction(() => document.querySelectorAll('.strip').length === 8);
    const shownPictures = await page.$$eval('.strip', (all) =>
      all.map((one) => one.querySelectorAll('.channels button').length),
    );
    expect(shownPictures).toEqual([6, 6, 16, 16, 0, 0, 0, 0]);
    expect(await page.$$eval('.outputs button', (all) => all.length)).toBe(10);
    // The whole network in one picture, of whose layers one leads to its strip.
    const columns = await page.$$eval('.stage-column', (all) => all.map((one) => one.querySelector('b')?.textContent));
    expect(columns).toEqual(['Image', '1', '2', '3', '4', '6', '7', '8']);
    const lines = await page.$$eval('.edges', (all) => all.map((one) => one.childElementCount));
    expect(lines).toEqual([6, 6, 36, 6, 36, 36, 60]);
    await page.click('a.stage-column[href="#layer-7"]');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('layer-7');

    // A filter of the second convolution, by keys, at the pixel where it answers strongest and at the first one.
    await page.focus('.strip:nth-child(3) .channels button');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.unit .part-sum');
    const label = () => page.$eval('.unit .chooser', (chooser) => chooser.getAttribute('aria-label') ?? '');
    await expectSum(page);
    const strongest = await label();
    await page.focus('.unit .chooser');
    await page.keyboard.press(strongest.endsWith('column 1') ? 'ArrowRight' : 'ArrowLeft');
    await page.waitForFunction(
      (before) => document.querySelector('.unit .chooser')?.getAttribute('aria-label') !== before,
      {polling: 100},
      strongest,
    );
    await expectSum(page);
    await page.waitForSelector('.exciting li button');
    expect(await page.$$eval('.exciting li', (all) => all.length)).toBeGreaterThan(0);
    expect(await violations(page)).toEqual([]);

    // A unit of a dense layer, and one of the ten outputs.
    await page.click('.strip:nth-child(6) .chooser');
    await page.waitForSelector('.strip:nth-child(6) .unit [data-line="rest"]');
    await expectSum(page);
    // Images come and move what is below them: a click by the mouse may miss.
    await page.$eval('.outputs button:nth-child(4)', (button) => (button as HTMLElement).click());
    await page.waitForSelector('.strip:nth-child(8) .unit .part-sum');
    expect(await lineOf(page, 'value')).toBeLessThanOrEqual(1);
    expect(visitor.problems).toEqual([]);
    await page.close();
  });

  test('tells what speaks for a digit, which pixels matter, and maps test images, while it trains too', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    const {page} = visitor;
    await bring(page, '.test-map');
    await page.waitForFunction(() => document.querySelector('.map-box canvas')?.getAttribute('data-points') === '500');
    const before = await mapPixels(page);
    await visitor.fill('Epochs', '20');
    await visitor.press('Train');
    await visitor.trains();
    await bring(page, '.test-map');
    // The marks move by themselves.
    await page.waitForFunction(
      (old) => (document.querySelector('.map-box canvas') as HTMLCanvasElement).toDataURL() !== old,
      {polling: 300},
      before,
    );
    await visitor.press('Stop');
    await visitor.idle();

    await bring(page, '.map-box');
    await page.click('.map-box');
    await visitor.shows('.test-map [role=status]', 'of the test, a');
    const wanted = (await visitor.text('.test-map [role=status]')).match(/, a (\d)/)?.[1];
    // The image is in the pad's place now.
    expect(await visitor.answer()).toMatch(/^\d$/);
    expect(wanted).toMatch(/^\d$/);

    await bring(page, '.evidence');
    await page.waitForSelector('.scores li:nth-child(10)');
    const scores = await page.$$eval('.scores .number', (all) =>
      all.map(({textContent}) => Number(textContent?.replace('−', '-'))),
    );
    expect(scores.indexOf(Math.max(...scores))).toBe(Number(await visitor.text('#answer')));
    await bring(page, '.saliency');
    await page.waitForSelector('.saliency canvas');
    expect(await visitor.text('.saliency figcaption')).toContain(`speaks for ${await visitor.text('#answer')}`);
    expect(await violations(page)).toEqual([]);
    expect(visitor.problems).toEqual([]);
    await page.close();
  });

  test.runIf(name === 'chromium')('shows the layers of every recipe', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    const {page} = visitor;
    for (const recipe of ['mlp', 'simple-cnn', 'batch-norm-cnn', 'strided-cnn', 'alexnet']) {
      await visitor.choose('Network', recipe);
      await page.waitForFunction(
        (wanted) => (document.querySelector('select') as HTMLSelectElement).value === wanted,
        {polling: 100},
        recipe,
      );
      await visitor.idle();
      await bring(page, '.strips');
      const layers = Number.parseInt(await visitor.text('#model summary'), 10);
      await page.waitForFunction(
        (count) => document.querySelectorAll('.strip').length === count,
        {polling: 100},
        layers,
      );
      await bring(page, '.outputs');
      await page.$eval('.outputs button', (button) => (button as HTMLElement).click());
      await page.waitForSelector('.unit');
      await bring(page, '.unit');
      await page.waitForSelector('.unit .part-sum');
      await expectSum(page, false);
      expect(await page.$('.problem'), recipe).toBeNull();
    }
    expect(visitor.problems).toEqual([]);
    await page.close();
  });

  test.runIf(name === 'chromium')('fits a phone', async () => {
    const visitor = await Visitor.open(here.browser, here.url, {viewport: PHONE});
    const {page} = visitor;
    await visitor.drawThree('finger');
    // Until the digit has come to rest, what is below it may move.
    await visitor.answer();
    await bring(page, '.strips');
    await page.waitForSelector('.strip .channels button');
    await page.locator('.strip .channels button').click();
    await page.waitForSelector('.unit .part-sum');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});

async function bring(page: Page, selector: string): Promise<void> {
  await page.$eval(selector, (element) => element.scrollIntoView());
}

function mapPixels(page: Page): Promise<string> {
  return page.$eval('.map-box canvas', (canvas) => (canvas as HTMLCanvasElement).toDataURL());
}

async function lineOf(page: Page, line: string): Promise<number> {
  const found = await page.$(`.unit [data-line="${line}"]`);
  return found ? found.evaluate(({textContent}) => Number(textContent?.replace('−', '-'))) : 0;
}

/** The parts that are shown, the rest and the bias are the sum, to the last digit that is shown; ReLU makes the value of it. */
async function expectSum(page: Page, relu = true): Promise<void> {
  const parts = await page.$$eval('.unit .part-sum', (all) =>
    all.map(({textContent}) => Number(textContent?.replace('−', '-'))),
  );
  const [rest, bias, total, value] = await Promise.all(
    ['rest', 'bias', 'total', 'value'].map((line) => lineOf(page, line)),
  );
  const sum = parts.reduce((all, part) => all + part, rest + bias);
  expect(parts.length).toBeGreaterThan(0);
  expect(Math.abs(sum - total)).toBeLessThan(0.0005 * (parts.length + 3));
  if (relu) expect(value).toBeCloseTo(Math.max(0, total), 3);
}
