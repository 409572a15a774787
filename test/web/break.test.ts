import {describe, expect, test} from 'vitest';
import {browserNames} from '../browser/launch.mjs';
import {violations} from './accessibility';
import {site} from './site';
import {PHONE, Visitor} from './visitor';

describe.each(browserNames)('breaking a digit in %s', (name) => {
  const here = site(name);

  const picture = (visitor: Visitor, which: string) =>
    visitor.page.$eval(`canvas[aria-label="${which}"]`, (canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const shares = (visitor: Visitor) => visitor.text('.probabilities');

  test('changes what the network is shown, by keys, until it is whole again', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    const {page} = visitor;
    await visitor.drawThree();
    await visitor.answer();
    const whole = await shares(visitor);
    expect(await picture(visitor, 'The broken digit')).toBe(await picture(visitor, 'The digit before'));
    await page.focus('#break-rotation');
    for (let i = 0; i < 9; i++) await page.keyboard.press('ArrowRight');
    await visitor.shows('#draw', 'It is shown the broken digit.');
    expect(await page.$eval('#break-rotation', (slider) => slider.getAttribute('aria-valuetext'))).toBe('45°');
    expect(await picture(visitor, 'The broken digit')).not.toBe(await picture(visitor, 'The digit before'));
    expect(await picture(visitor, 'The drawing in 28 by 28 pixels')).toBe(await picture(visitor, 'The broken digit'));
    await page.waitForFunction(
      (before) => document.querySelector('.probabilities')?.textContent !== before,
      {polling: 100},
      whole,
    );
    await page.$eval('.sweep', (sweep) => sweep.scrollIntoView());
    await page.waitForSelector('.sweep-bars span');
    expect(await page.$$eval('.sweep-bars span', (bars) => bars.length)).toBe(41);
    expect(await page.$eval('.sweep-chart', (chart) => chart.getAttribute('aria-label'))).toMatch(/^\d from −180° to /);

    const noisy = async () => {
      const before = await picture(visitor, 'The broken digit');
      await visitor.press('Other noise');
      await page.waitForFunction(
        (known) =>
          (document.querySelector('canvas[aria-label="The broken digit"]') as HTMLCanvasElement).toDataURL() !== known,
        {polling: 100},
        before,
      );
    };
    await page.focus('#break-noise');
    await page.keyboard.press('End');
    await noisy();
    expect(await violations(page)).toEqual([]);

    await visitor.press('Back to whole');
    await page.waitForFunction(
      (before) => document.querySelector('.probabilities')?.textContent === before,
      {polling: 100},
      whole,
    );
    expect(await page.$('.broken')).toBeNull();
    expect(visitor.problems).toEqual([]);
    await page.close();
  });

  test.runIf(name === 'chromium')('fits a phone, in the dark', async () => {
    const visitor = await Visitor.open(here.browser, here.url, {viewport: PHONE, dark: true});
    const {page} = visitor;
    await page.focus('#break-erased');
    await page.keyboard.press('End');
    await visitor.drawThree('finger');
    await visitor.answer();
    await visitor.shows('#draw', 'It is shown the broken digit.');
    await page.$eval('.sweep', (sweep) => sweep.scrollIntoView());
    await page.waitForSelector('.sweep-bars span');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    expect(await violations(page)).toEqual([]);
    expect(visitor.problems).toEqual([]);
    await page.close();
  });
});
