import type {Page} from 'puppeteer-core';
import {describe, expect, test} from 'vitest';
import {browserNames} from '../browser/launch.mjs';
import {violations} from './accessibility';
import {servePlainly} from './plain-host';
import {site} from './site';
import {DESKTOP, PHONE, THREADS, Visitor} from './visitor';

/** Of a probability: what rounding of float32 makes, and minimal filtering. */
const MOST_DIFFERENCE = 1e-4;

/** Two rounds of half a second. */
const SHORT = '#race input[value=short]';

describe.each(browserNames)('the race in %s', (name) => {
  const here = site(name);

  test('mnist-wasm is ahead of wasm and cpu, by figures measured here, and they agree', async () => {
    const visitor = await Visitor.open(here.browser, here.url, {viewport: PHONE, before: [keepDownloads]});
    const {page, problems} = visitor;
    // Software that stands in for a graphics processor takes very long.
    await visitor.check('webgl');
    await page.click(SHORT);
    await visitor.press('Start the race');
    expect(await page.$eval('#race fieldset', (fieldset) => (fieldset as HTMLFieldSetElement).disabled)).toBe(true);
    await page.waitForSelector('.race-verdict', {timeout: 300_000});

    const [inference, training] = await tables(page);
    expect(inference.map(([backend]) => backend)).toEqual([
      expect.stringMatching(/^mnist-wasm, one thread (relaxed|simd)$/),
      expect.stringMatching(new RegExp(`^mnist-wasm, ${THREADS} (relaxed|simd)$`)),
      'wasm one thread',
      'cpu one thread',
    ]);
    const [own, onAll, wasm, cpu] = inference.map(rate);
    expect(own).toBeGreaterThan(wasm);
    expect(onAll).toBeGreaterThan(cpu);
    expect(wasm).toBeGreaterThan(cpu);
    expect(training[2][1]).toBe('cannot train this model: it has no Conv2DBackpropFilter');
    expect(rate(training[0])).toBeGreaterThan(10 * rate(training[3]));
    for (const rows of [inference, [training[0], training[1], training[3]]]) {
      for (const row of rows) {
        // 32 images in so many milliseconds are so many a second.
        expect(32_000 / number(row[2]) / rate(row)).toBeCloseTo(1, 0);
        expect(besideFirst(row[3]) / (rate(row) / rate(rows[0]))).toBeCloseTo(1, 0);
      }
    }
    const sentences = await page.$$eval('.race-verdict', (all) => all.map((one) => one.textContent ?? ''));
    const others = 'times as fast as wasm and [\\d.]+ times as fast as cpu';
    const onOne = '(about|[\\d.]+ times) as fast as on one';
    expect(sentences).toEqual([
      expect.stringMatching(
        `^mnist-wasm on one thread classifies [\\d.]+ ${others}\\. On ${THREADS} mnist-wasm classifies ${onOne}\\.$`,
      ),
      expect.stringMatching(
        `^mnist-wasm on one thread trains [\\d.]+ times as fast as cpu\\. On ${THREADS} mnist-wasm trains ${onOne}\\.$`,
      ),
    ]);
    const agreement = await visitor.text('.race-agreement');
    expect(agreement).toContain(`those of mnist-wasm on one thread: mnist-wasm on ${THREADS} none, wasm 0.`);
    const differences = [...agreement.matchAll(/(?:wasm|cpu) (0\.\d+)/g)].map(([, difference]) => Number(difference));
    expect(differences.length).toBe(2);
    for (const difference of differences) expect(difference).toBeLessThan(MOST_DIFFERENCE);

    await page.waitForSelector('.race-chart svg');
    const [first] = inference[0][1].split(' ');
    expect(await visitor.text('.race-chart svg')).toContain(first);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await violations(page)).toEqual([]);
    // A viewport that is not mobile would load the page anew.
    await page.setViewport({...PHONE, ...DESKTOP, deviceScaleFactor: 1});
    // Puppeteer sets it by Chromium's protocol.
    const isDark = name === 'chromium';
    if (isDark) await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: 'dark'}]);
    expect(await violations(page)).toEqual([]);

    for (const button of ['Save as SVG', 'Save as PNG', 'Save figures as CSV']) await visitor.press(button);
    await page.waitForFunction(() => (window as unknown as Saving).saved.length === 3, {polling: 100});
    const {names, svg, png, csv} = await page.evaluate(readDownloads);
    expect(names).toEqual(
      ['csv', 'png', 'svg'].map((ending) => expect.stringMatching(`^mnist-wasm-race-[\\d-]+\\.${ending}$`)),
    );
    expect(svg.text, 'the middle of the rounds, the slowest and the fastest').toMatch(
      new RegExp(`one thread\\s+${first}\\s+\\([\\d,]+ to [\\d,]+\\)`),
    );
    expect(svg.text, 'on what it was measured').toMatch(
      /(Chrome|Firefox) \d+.* cores?, 2 rounds of 0\.5 s, mnist-wasm \d.*, TensorFlow\.js \d/,
    );
    expect(svg.background, 'as the page is now').toBe(isDark ? '#1d2127' : '#ffffff');
    expect(svg.variables, 'a picture alone has no style sheet').toBe(false);
    expect(png).toBe(2 * svg.width);
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + inference.length + training.length);
    expect(Number(lines[1].split(',')[4])).toBeCloseTo(rate(inference[0]), -1);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('has mnist-wasm once, and tells why, where the page gets no shared memory', async () => {
    const host = await servePlainly();
    const visitor = await Visitor.open(here.browser, host.url);
    await visitor.shows('#race', 'mnist-wasm has one thread: there can be others when the page is opened once more.');
    for (const backend of ['cpu', 'webgl']) await visitor.check(backend);
    await visitor.page.click(SHORT);
    await visitor.press('Start the race');
    await visitor.shows('.race-verdict', 'mnist-wasm on one thread classifies');
    const [inference] = await tables(visitor.page);
    expect(inference.map(([backend]) => backend)).toEqual([
      expect.stringMatching(/^mnist-wasm, one thread (relaxed|simd)$/),
      'wasm one thread',
    ]);
    expect(visitor.problems).toEqual([]);
    await visitor.page.close();
    await host.close();
  });

  test('is stopped, and another can be started', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
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

/** 3.1 times as fast, 20 times slower, as fast. */
function besideFirst(text: string): number {
  if (text === 'as fast') return 1;
  return text.endsWith('slower') ? 1 / number(text) : number(text);
}

interface Saving {
  saved: {name: string; content: Blob | undefined}[];
}

/** In the page: downloads are kept in it. */
function keepDownloads(): void {
  const contents = new Map<string, Blob>();
  const create = URL.createObjectURL;
  URL.createObjectURL = (content: Blob) => {
    const address = create(content);
    contents.set(address, content);
    return address;
  };
  const saving = window as unknown as Saving;
  saving.saved = [];
  HTMLAnchorElement.prototype.click = function click() {
    saving.saved.push({name: this.download, content: contents.get(this.href)});
  };
}

/** In the page: what was saved. */
async function readDownloads() {
  const saved = [...(window as unknown as Saving).saved].sort((a, b) => (a.name < b.name ? -1 : 1));
  const [csv, png, svg] = saved.map(({content}) => content ?? new Blob());
  const source = await svg.text();
  const picture = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
  return {
    names: saved.map(({name}) => name),
    csv: await csv.text(),
    png: (await createImageBitmap(png)).width,
    svg: {
      text: picture.textContent ?? '',
      width: Number(picture.getAttribute('width')),
      background: picture.querySelector('rect')?.getAttribute('fill'),
      variables: source.includes('var('),
    },
  };
}

/** The cells of each table's rows. */
function tables(page: Page): Promise<string[][][]> {
  return page.$$eval('table.race', (all) =>
    all.map((table) =>
      [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    ),
  );
}

function rate(row: string[]): number {
  return number(row[1]);
}

function number(text: string): number {
  return Number.parseFloat(text.replaceAll(',', ''));
}
