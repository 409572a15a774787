import {describe, expect, test} from 'vitest';
import {browserNames} from '../browser/launch.mjs';
import {violations} from './accessibility';
import {site} from './site';
import {PHONE, Visitor} from './visitor';

describe.each(browserNames)('comparing trainings in %s', (name) => {
  const here = site(name);

  /** Trains for a while, and waits until the training is among those that are kept. */
  async function trainFor(visitor: Visitor, seconds: number): Promise<void> {
    const before = await rows(visitor);
    await visitor.press(before === 0 ? 'Train' : 'Train further');
    await visitor.trains();
    await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
    await visitor.press('Stop');
    await visitor.idle();
    await visitor.page.waitForFunction(
      (known) => document.querySelectorAll('.runs tbody tr').length === known + 1,
      {polling: 100},
      before,
    );
  }

  const rows = (visitor: Visitor) => visitor.page.$$eval('.runs tbody tr', (all) => all.length);
  const bars = (visitor: Visitor) =>
    visitor.page.$$eval('.both .probabilities', (all) => all.map(({textContent}) => textContent));

  test('keeps them with their settings and weights, and puts two networks side by side', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    const {page} = visitor;
    expect(await visitor.text('#compare')).toContain('Each training that ends is kept here');
    await trainFor(visitor, 1);
    await visitor.fill('Learning rate', '0.01');
    await trainFor(visitor, 1);
    const text = await visitor.text('.runs tbody');
    expect(text).toContain('learning rate 0.01');
    expect(text).toContain('stopped');
    // What is the same is not told.
    expect(text).not.toContain('batches of');
    await page.$eval('#compare', (section) => section.scrollIntoView());
    await page.waitForFunction(() => document.querySelectorAll('.runs-chart svg path').length > 0, {polling: 100});
    expect(await violations(page)).toEqual([]);

    // The first of the two, as it was, beside the one in use.
    await visitor.drawThree();
    await visitor.answer();
    // So that neither is sure.
    await page.focus('#break-noise');
    await page.keyboard.press('End');
    const first = await page.$$eval('.side-by-side option', (options) => (options[2] as HTMLOptionElement).value);
    await visitor.choose('Beside the one in use', first);
    await visitor.said('LeNet-5 is beside the network in use.');
    await page.waitForFunction(() => /\d %.*\d %/s.test(document.querySelector('.both')?.textContent ?? ''), {
      polling: 100,
    });
    const [inUse, other] = await bars(visitor);
    expect(other).not.toBe(inUse);
    await visitor.press('Test both on the same images');
    await page.waitForSelector('.agreements');
    const counts = await page.$$eval('.agreements button', (all) =>
      all.map(({textContent}) => Number.parseInt((textContent ?? '').replaceAll(',', ''), 10)),
    );
    expect(counts.reduce((sum, count) => sum + count)).toBe(4000);
    const accuracy = await visitor.figure('test-accuracy');
    expect((100 * (counts[0] + counts[1])) / 4000).toBeCloseTo(accuracy, 1);
    expect(await violations(page)).toEqual([]);

    // Loaded, the first is the same as the one beside it.
    await page.$eval('.runs tbody tr:nth-child(2) .run-actions button:nth-child(2)', (button) =>
      (button as HTMLElement).click(),
    );
    await visitor.said('LeNet-5 is the network in use.');
    await page.waitForFunction(
      () => {
        const [one, two] = [...document.querySelectorAll('.both .probabilities')];
        return one?.textContent === two?.textContent;
      },
      {polling: 100},
    );
    await page.close();

    // Another visit has them still, on a phone too.
    const onPhone = name === 'chromium';
    const later = await Visitor.open(here.browser, here.url, onPhone ? {viewport: PHONE, dark: true} : {});
    await later.page.waitForFunction(() => document.querySelectorAll('.runs tbody tr').length === 2, {polling: 100});
    if (onPhone) expect(await later.page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    expect(await violations(later.page)).toEqual([]);
    if (onPhone) await keepsTwelve(later);
    await later.page.$eval('#compare .buttons:last-of-type button', (button) => (button as HTMLElement).click());
    await later.page.waitForFunction(() => !document.querySelector('.runs'), {polling: 100});
    expect([...visitor.problems, ...later.problems]).toEqual([]);
    await later.page.close();
  });
});

/** Puts old runs beside those that are kept: after another training the latest twelve are. */
async function keepsTwelve(visitor: Visitor): Promise<void> {
  const {page} = visitor;
  await page.evaluate(async () => {
    const opened = indexedDB.open('mnist-wasm-runs');
    await new Promise((resolve) => {
      opened.onsuccess = resolve;
    });
    const store = opened.result.transaction('runs', 'readwrite').objectStore('runs');
    const kept = store.getAll();
    await new Promise((resolve) => {
      kept.onsuccess = resolve;
    });
    for (let id = 1; id <= 12; id++) store.put({...kept.result[0], id, title: 'old'}, id);
    await new Promise((resolve) => {
      store.transaction.oncomplete = resolve;
    });
    opened.result.close();
  });
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll('.runs tbody tr').length === 14, {polling: 100});
  await visitor.idle();
  await visitor.press('Train');
  await visitor.trains();
  await visitor.press('Stop');
  await visitor.idle();
  const titles = await page.$$eval('.runs tbody th', (all) =>
    all.map(({textContent}) => textContent?.startsWith('old')),
  );
  expect(titles).toEqual([...new Array(3).fill(false), ...new Array(9).fill(true)]);
}
