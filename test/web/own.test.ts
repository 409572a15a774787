import {mkdtempSync, writeFileSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {builtInDigits} from 'mnist-wasm/mnist';
import {PNG} from 'pngjs';
import decodeQR from 'qr/decode.js';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {browserNames} from '../browser/launch.mjs';
import {violations} from './accessibility';
import {site} from './site';
import {PHONE, Visitor} from './visitor';

const COUNT = 18;
const ROW = 6;
const SIDE = 28;
const SCALE = 4;
const {test: digits} = builtInDigits({trainSize: 1, testSize: COUNT, seed: 5});
const labels = [...digits.labels];

/** The digits in rows on paper, which is darker to the right. */
function photo(): Buffer {
  const pitch = SIDE * SCALE;
  const png = new PNG({width: ROW * pitch, height: (COUNT / ROW) * pitch});
  for (let y = 0; y < png.height; y++) {
    for (let x = 0; x < png.width; x++) {
      const index = Math.floor(y / pitch) * ROW + Math.floor(x / pitch);
      const place = Math.floor((y % pitch) / SCALE) * SIDE + Math.floor((x % pitch) / SCALE);
      const ink = digits.images[index * SIDE * SIDE + place] / 255;
      const paper = 235 - (60 * x) / png.width;
      const value = Math.round(paper * (1 - ink) + 40 * ink);
      png.data.set([value, value, value, 255], 4 * (y * png.width + x));
    }
  }
  return PNG.sync.write(png);
}

describe.each(browserNames)('own digits in %s', (name) => {
  const isChromium = name === 'chromium';
  const folder = mkdtempSync(path.join(tmpdir(), 'own-digits-'));
  const file = path.join(folder, 'paper.png');
  const here = site(name, {
    launch: {
      args: isChromium ? ['--use-fake-device-for-media-stream'] : [],
      // 2: refused.
      extraPrefsFirefox: {'media.navigator.streams.fake': true, 'permissions.default.camera': 2},
    },
  });

  beforeAll(async () => {
    writeFileSync(file, photo());
    writeFileSync(path.join(folder, 'letter.txt'), 'no picture');
    if (isChromium) await here.browser.defaultBrowserContext().overridePermissions(new URL(here.url).origin, []);
  });

  afterAll(() => rm(folder, {recursive: true}));

  const own = (visitor: Visitor) => visitor.page.$$eval('.own-digit', (all) => all.length);

  async function choosePhoto(visitor: Visitor, of: string): Promise<void> {
    const input = await visitor.page.waitForSelector('#own-photo input[type=file]:enabled');
    await (input as unknown as {uploadFile(file: string): Promise<void>}).uploadFile(path.join(folder, of));
  }

  test('come from the pad and a photo, are learned and held back, and go with a link', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    const {page} = visitor;
    expect(await visitor.text('#own')).toContain('Draw a digit on the pad first.');
    await visitor.press('Add the digit on the pad as a 3');
    expect(await own(visitor)).toBe(0);
    await visitor.drawThree();
    await visitor.answer();
    await visitor.press('Add the digit on the pad as a 3');
    await visitor.said('One digit is added: 1 digit.');
    // The pad is empty for the next.
    await visitor.shows('#own', 'Draw a digit on the pad first.');
    expect(await visitor.text('#own')).toContain('15 digits are needed, so that some can be held back');

    await visitor.press('Use the camera');
    await visitor.shows('.camera-failed', 'The camera was refused.');
    await choosePhoto(visitor, 'letter.txt');
    await visitor.shows('.problem', 'The file is no picture that this browser can show.');
    expect(await violations(page)).toEqual([]);

    await choosePhoto(visitor, 'paper.png');
    await visitor.shows('.candidates', `${COUNT} digits were found`);
    await visitor.idle();
    expect(await page.$('.problem')).toBeNull();
    expect(await own(visitor)).toBe(1);
    expect(await violations(page)).toEqual([]);
    await page.$$eval(
      '.candidates select',
      (lists, known) =>
        lists.forEach((list, i) => {
          list.value = String(known[i]);
          list.dispatchEvent(new Event('change', {bubbles: true}));
        }),
      labels,
    );
    await visitor.press(`Add ${COUNT} digits`);
    await visitor.said(`${COUNT} digits are added: ${COUNT + 1}.`);
    expect(await own(visitor)).toBe(COUNT + 1);
    expect(await page.$$eval('.own-digit.held', (all) => all.length)).toBe(6);
    expect(await visitor.text('#own')).toContain('Train the network first');

    await visitor.press('Train');
    await visitor.trains();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await visitor.press('Stop');
    await visitor.idle();
    const before = await visitor.figure('test-accuracy');
    await visitor.press('Learn from my digits');
    await page.waitForSelector('.own-outcome');
    await visitor.idle();
    const cells = await page.$$eval('.own-outcome td', (all) => all.map(({textContent}) => textContent ?? ''));
    expect(cells[0]).toMatch(/^\d of 6 /);
    expect(cells[1]).toMatch(/^\d of 6 /);
    expect(Number.parseFloat(cells[2])).toBe(before);
    expect(Number.parseFloat(cells[3])).toBe(await visitor.figure('test-accuracy'));
    expect(Number.parseFloat(cells[3])).toBeGreaterThan(before - 3);
    expect(await violations(page)).toEqual([]);

    await visitor.press('Make a link and a code');
    await page.waitForSelector('.own-link .qr-code path[d^=M]');
    const link = await page.$eval('.own-link input', (field) => (field as HTMLInputElement).value);
    await visitor.shows('.own-link', `The code carries all ${COUNT + 1} digits.`);
    const code = await page.waitForSelector('.own-link .qr-code');
    await code?.evaluate((element) => element.scrollIntoView({block: 'center'}));
    const {data, width, height} = PNG.sync.read(Buffer.from((await code?.screenshot()) as Uint8Array));
    expect(decodeQR({data, width, height})).toBe(link);
    expect(await violations(page)).toEqual([]);

    await visitor.press('Remove all');
    await visitor.press(`Remove ${COUNT + 1} digits for good`);
    await visitor.said(`${COUNT + 1} digits are removed.`);
    expect(await own(visitor)).toBe(0);
    expect(visitor.problems).toEqual([]);
    await page.close();

    // Whoever opens the link is asked, on a phone too.
    const other = await Visitor.open(here.browser, link, {viewport: PHONE, dark: isChromium});
    await other.page.waitForSelector('.offer[open]');
    expect(new URL(other.page.url()).hash).toBe('');
    expect(await violations(other.page)).toEqual([]);
    await other.press('No');
    expect(await own(other)).toBe(0);
    const open = (hash: string) =>
      other.page.evaluate((address) => {
        location.hash = address;
      }, hash);
    const {hash} = new URL(link);
    await open(hash.slice(0, 400));
    await other.shows('.problem', 'The link to digits cannot be opened: it is damaged');
    await open(hash);
    await other.page.waitForSelector('.offer[open]');
    await other.press('Add them');
    await other.said(`${COUNT + 1} digits are added: ${COUNT + 1}.`);
    await other.page.waitForFunction(() => document.querySelector('.offer') === null, {polling: 100});
    // Kept, and not offered again.
    await other.page.reload();
    await other.page.waitForSelector('.own-digit');
    await other.idle();
    expect(await own(other)).toBe(COUNT + 1);
    expect(await other.page.$('.offer')).toBeNull();
    await other.page.click('.own-digit');
    await other.shows('.own-chosen', 'The network is shown it.');
    await other.press('Remove it');
    await other.said('The digit is removed.');
    expect(await own(other)).toBe(COUNT);
    // A desktop's Firefox has a scroll bar beside the page.
    const overflow = await other.page.evaluate(
      ({scrollWidth, clientWidth} = document.documentElement) => scrollWidth - clientWidth,
    );
    expect(overflow).toBe(0);
    expect(await violations(other.page)).toEqual([]);
    expect(other.problems).toEqual([]);
    await other.page.close();
  });

  test.runIf(isChromium)('come from a camera that is allowed', async () => {
    await here.browser.defaultBrowserContext().overridePermissions(new URL(here.url).origin, ['camera']);
    const visitor = await Visitor.open(here.browser, here.url);
    await visitor.press('Use the camera');
    await visitor.page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0, {polling: 100});
    expect(await violations(visitor.page)).toEqual([]);
    await visitor.press('Take the picture');
    // The camera of tests shows no paper: what it shows is looked at, whatever is found.
    await visitor.page.waitForSelector('.candidates, .problem');
    expect(await visitor.page.$('video')).toBeNull();
    expect(visitor.problems).toEqual([]);
    await visitor.page.close();
  });
});
