import type {Browser} from 'puppeteer-core';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {serveWeb} from '../../web/server/serve';
import {browserNames, launch} from '../browser/launch.mjs';
import {violations} from './accessibility';
import {PHONE, Visitor} from './visitor';

/** Of a probability: what rounding of float32 makes, and minimal filtering. */
const MOST_DIFFERENCE = 1e-4;

let served: {url: string; close(): Promise<void>};
beforeAll(async () => {
  served = await serveWeb();
});
afterAll(() => served?.close());

describe.each(browserNames)('the race in %s', (name) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(name);
  });
  afterAll(() => browser?.close());

  test('mnist-wasm is ahead of wasm and cpu, by figures measured here, and they agree', async () => {
    const visitor = await Visitor.open(browser, served.url, {viewport: PHONE});
    const {page, problems} = visitor;
    // Software that stands in for a graphics processor takes very long.
    await visitor.check('webgl');
    await visitor.press('Start the race');
    expect(await page.$eval('#race fieldset', (fieldset) => (fieldset as HTMLFieldSetElement).disabled)).toBe(true);
    await page.waitForSelector('.race-verdict', {timeout: 100_000});

    const [inference, training] = await page.$$eval('table.race', (tables) =>
      tables.map((table) =>
        [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
      ),
    );
    const rate = (row: string[]) => Number.parseFloat(row[1].replaceAll(',', ''));
    expect(inference.map(([backend]) => backend.split(' ')[0])).toEqual(['mnist-wasm', 'wasm', 'cpu']);
    const [own, wasm, cpu] = inference.map(rate);
    expect(own).toBeGreaterThan(wasm);
    expect(wasm).toBeGreaterThan(cpu);
    expect(training[1][1]).toBe('cannot train this model: it has no Conv2DBackpropFilter');
    expect(rate(training[0])).toBeGreaterThan(10 * rate(training[2]));
    for (const row of [...inference, training[0], training[2]]) {
      // 32 images in so many milliseconds are so many a second.
      expect(32_000 / Number.parseFloat(row[2].replaceAll(',', '')) / rate(row)).toBeCloseTo(1, 0);
    }
    const sentences = await page.$$eval('.race-verdict', (all) => all.map((one) => one.textContent ?? ''));
    expect(sentences[0]).toMatch(
      /^mnist-wasm classifies [\d.]+ times as fast as wasm and [\d.]+ times as fast as cpu\.$/,
    );
    expect(sentences[1]).toMatch(/^mnist-wasm trains [\d.]+ times as fast as cpu\.$/);
    const agreement = await visitor.text('.race-agreement');
    const differences = [...agreement.matchAll(/(?:wasm|cpu) (0\.\d+)/g)].map(([, difference]) => Number(difference));
    expect(differences.length).toBe(2);
    for (const difference of differences) expect(difference).toBeLessThan(MOST_DIFFERENCE);

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('is stopped, and another can be started', async () => {
    const visitor = await Visitor.open(browser, served.url);
    await visitor.press('Start the race');
    await visitor.page.waitForFunction(() => /\d/.test(document.querySelector('.race .rate')?.textContent ?? ''));
    await visitor.press('Stop the race');
    await visitor.idle();
    expect(await visitor.text('table.race')).toContain('stopped');
    await visitor.press('Start the race');
    await visitor.activity('racing');
    await visitor.press('Stop the race');
    await visitor.idle();
    expect(visitor.problems).toEqual([]);
    await visitor.page.close();
  });
});
