/** What a network has been through, and how the page shows it: fresh, trained, kept, loaded and trained further. */
import {describe, expect, test} from 'vitest';
import {browserNames} from '../browser/launch.mjs';
import {violations} from './accessibility';
import {site} from './site';
import {PHONE, Visitor} from './visitor';

describe.each(browserNames)('a network in %s', (name) => {
  const here = site(name);

  test('is tested untrained, is trained, kept, loaded and trained further, and loses nothing', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    const {page} = visitor;
    expect(await visitor.text('.state')).toContain('Not trained yet');
    await visitor.press('Test');
    await visitor.shows('.state', 'Not trained yet, it guesses. It reads');
    expect(await visitor.figure('test-accuracy')).toBeLessThan(40);

    await visitor.fill('Epochs', '3');
    await visitor.press('Train');
    await visitor.activity('training');
    await visitor.idle();
    const trained = await visitor.figure('test-accuracy');
    expect(trained).toBeGreaterThan(90);
    expect(await visitor.text('.state')).toContain(`It reads ${trained.toFixed(2)} % of`);
    await page.reload();
    await visitor.idle();
    await visitor.press('Load Last training');
    await visitor.said('LeNet-5 is the model in use.');
    expect(await visitor.text('.state')).toContain('A trained network:');
    expect(await visitor.figure('test-accuracy')).toBe(trained);

    // Its first steps are not those of an optimizer that knows nothing.
    await visitor.fill('Epochs', '1');
    await page.evaluate(watchAccuracy);
    await visitor.press('Train further');
    await visitor.activity('training');
    await visitor.shows('.state', 'epoch 4 of 4');
    await visitor.idle();
    const seen = await page.evaluate(() => (window as unknown as {seen: number[]}).seen);
    expect(seen.length).toBeGreaterThan(0);
    expect(Math.min(...seen)).toBeGreaterThan(trained - 5);
    expect(visitor.problems).toEqual([]);
    await page.close();
  });

  test('is shown an image of the data, and then the drawing again', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    await visitor.drawThree();
    const drawn = await visitor.page.$eval('.pad-box', (box) => box.querySelectorAll('canvas').length);
    await visitor.page.$eval('.sample', (button) => (button as HTMLElement).click());
    await visitor.page.waitForSelector('.pad-box .digit');
    expect(await visitor.page.$eval('.pad-box', (box) => box.querySelectorAll('canvas').length)).toBe(drawn + 1);
    expect(await violations(visitor.page)).toEqual([]);
    await visitor.press('Back to the drawing');
    await visitor.page.waitForFunction(() => !document.querySelector('.pad-box .digit'));
    expect(await visitor.answer()).toMatch(/^\d$/);
    await visitor.page.close();
  });

  test('has mistakes to choose, and the way back; numbers of the diagonal too', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    await visitor.fill('Epochs', '1');
    await visitor.press('Train');
    await visitor.activity('training');
    await visitor.idle();
    await visitor.page.$eval('.matrix .right button', (button) => (button as HTMLElement).click());
    await visitor.shows('#mistakes h3', 'Read right as 0, but hardly');
    await visitor.press('All mistakes');
    await visitor.shows('#mistakes h3', 'The surest mistakes');
    await visitor.page.$eval('.answered', (button) => (button as HTMLElement).click());
    await visitor.page.waitForSelector('.pad-box .digit');
    expect(await violations(visitor.page)).toEqual([]);
    await visitor.page.close();
  });

  test('is drawn for and trained on one screen, of a laptop and of a phone, and nothing moves while the page loads', async () => {
    for (const viewport of [{width: 1366, height: 768}, PHONE]) {
      const visitor = await Visitor.open(here.browser, here.url, {viewport});
      const bottoms = await visitor.page.$$eval('.pad-box, .train-controls .primary', (elements) =>
        elements.map((element) => element.getBoundingClientRect().bottom),
      );
      expect(bottoms).toHaveLength(2);
      expect(Math.max(...bottoms)).toBeLessThan(viewport.height);
      expect(await visitor.page.evaluate(layoutShift)).toBeLessThan(0.1);
      // A link leads to its section, which stays in its place as what is above it is computed.
      const top = () => visitor.page.$eval('#mistakes', (section) => section.getBoundingClientRect().top);
      await visitor.page.$eval('nav a[href="#mistakes"]', (link) => (link as HTMLElement).click());
      await visitor.page.waitForSelector('.map-box canvas[data-points]');
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await top()).toBeLessThan(250);
      await visitor.page.close();
    }
  });
});

/** In the page: notes the training accuracies that are shown, in percent. */
function watchAccuracy(): void {
  const seen: number[] = [];
  (window as unknown as {seen: number[]}).seen = seen;
  const place = document.querySelector('#training-accuracy') as HTMLElement;
  new MutationObserver(() => {
    const value = Number.parseFloat(place.textContent ?? '');
    if (!Number.isNaN(value)) seen.push(value);
  }).observe(place, {characterData: true, childList: true, subtree: true});
}

/** In the page: by how much what was seen has moved; Firefox does not tell. */
async function layoutShift(): Promise<number> {
  if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return 0;
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const shifts = list.getEntries() as (PerformanceEntry & {value: number; hadRecentInput: boolean})[];
      resolve(shifts.reduce((sum, {value, hadRecentInput}) => sum + (hadRecentInput ? 0 : value), 0));
    }).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => resolve(0), 500);
  });
}
