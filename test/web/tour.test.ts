/** The guided tour: it follows what a visitor does, is left, remembered, and taken again. */
import {describe, expect, test} from 'vitest';
import {browserNames} from '../browser/launch.mjs';
import {violations} from './accessibility';
import {site} from './site';
import {PHONE, Visitor} from './visitor';

describe.each(browserNames)('the tour in %s', (name) => {
  const here = site(name);

  test('goes on as the visitor draws and trains, on a phone too, and does not come back after its end', async () => {
    const visitor = await Visitor.open(here.browser, here.url, {viewport: PHONE});
    const {page} = visitor;
    await visitor.shows('.tour', '1 of 6: Draw.');
    await visitor.drawThree('finger');
    await visitor.shows('.tour', '2 of 6: A bad guess.');
    await visitor.fill('Epochs', '1');
    await visitor.press('Train');
    await visitor.shows('.tour', '3 of 6: It learns.');
    await visitor.idle();
    await visitor.shows('.tour', '4 of 6: What it looks for.');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await visitor.press('Next');
    await visitor.press('Next');
    await visitor.press('Done');
    await page.waitForFunction(() => !document.querySelector('.tour'));
    await page.reload();
    await visitor.idle();
    expect(await page.$('.tour')).toBeNull();
    await visitor.press('Tour');
    await visitor.shows('.tour', '1 of 6: Draw.');
    await visitor.press('Skip the tour');
    await page.waitForFunction(() => !document.querySelector('.tour'));
    expect(visitor.problems).toEqual([]);
    await page.close();
  });
});
