import {describe, expect, test} from 'vitest';
import {browserNames} from '../browser/launch.mjs';
import {violations} from './accessibility';
import {site} from './site';
import {PHONE, Visitor} from './visitor';

/** The weights of LeNet-5 with ten filters of 3x3 in its first layer. */
const CHANGED = '63,250 weights';

describe.each(browserNames)('the editor of networks in %s', (name) => {
  const here = site(name);

  const layers = (visitor: Visitor) =>
    visitor.page.$$eval('[data-layer] .layer-toggle', (toggles) => toggles.map(({textContent}) => textContent?.trim()));
  const focused = (visitor: Visitor) =>
    visitor.page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim();
    });

  /** LeNet-5 with another first layer, and another optimizer. */
  async function change(visitor: Visitor): Promise<void> {
    await visitor.press('Change this network');
    await (await visitor.page.waitForSelector('[data-layer] .layer-toggle'))?.click();
    await visitor.fill('Filters', '10');
    await visitor.fill('Window side', '3');
    await visitor.choose('Optimizer', 'rmsprop');
    expect(await visitor.text('.editor')).toContain('Not built yet');
    await visitor.press('Build this network');
    await visitor.said('LeNet-5, changed is built, with 63,250 weights, untrained.');
  }

  test('changes LeNet, which trains, is kept, is rebuilt by its link, and written as code', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    await change(visitor);
    expect(await visitor.text('.editor')).not.toContain('Not built yet');
    expect(await visitor.text('.editor'), 'what LeNet has beyond').not.toContain('will be without');
    expect(await violations(visitor.page)).toEqual([]);
    expect(await visitor.text('#model summary')).toContain(CHANGED);
    await visitor.press('Train');
    await visitor.trains();
    await visitor.press('Stop');
    await visitor.idle();
    expect(await visitor.figure('test-accuracy')).toBeGreaterThan(15);
    await visitor.type('#keep-name', 'Mine');
    await visitor.press('Keep');
    await visitor.said('Mine is kept in this browser.');

    await visitor.press('Copy link');
    const field = await visitor.page.waitForSelector(visitor.named('textbox', 'Link to this network'));
    const link = (await field?.evaluate((input) => (input as HTMLInputElement).value)) as string;
    expect(link.length).toBeLessThan(400);
    await (await visitor.page.waitForSelector('.share summary'))?.click();
    expect(await visitor.text('.share pre')).toContain(
      "model.add(tfl.layers.conv2d({inputShape: [28, 28, 1], filters: 10, kernelSize: 3, padding: 'same',",
    );
    await visitor.choose('For', 'keras');
    expect(await visitor.text('.share pre')).toContain('layers.Conv2D(filters=10, kernel_size=3, padding="same",');
    expect(visitor.problems).toEqual([]);

    const other = await Visitor.open(here.browser, link);
    expect(await other.text('#model summary')).toContain(CHANGED);
    expect(await other.text('#model select option')).toBe('Your own: LeNet-5, changed');
    await other.press('Change this network');
    await other.page.waitForSelector('.editor');
    expect(await layers(other)).toEqual(await layers(visitor));
    expect(await other.page.$eval('#network-name', (input) => (input as HTMLInputElement).value)).toBe(
      'LeNet-5, changed',
    );
    await other.choose('Network', 'lenet');
    await other.idle();
    expect(other.page.url(), 'another network is in use').not.toContain('#');
    await other.shows('#network-verdict', '61,706 weights');
    expect(await other.text('.editor')).toContain('will be without: an early end');

    await other.press('Load Mine');
    await other.said('LeNet-5, changed is the model in use.');
    expect(await other.text('#model summary')).toContain(CHANGED);
    await other.shows('[data-layer]', '10 filters of 3 × 3, padded, relu');
    expect(await other.page.$eval('.editor fieldset select', (list) => (list as HTMLSelectElement).value)).toBe(
      'rmsprop',
    );
    expect(other.problems).toEqual([]);
    await Promise.all([visitor.page.close(), other.page.close()]);
  });

  test.runIf(name === 'chromium')('opens the usual network where a link is damaged, and says so', async () => {
    const visitor = await Visitor.open(here.browser, `${here.url}#network=1jabc`);
    expect(await visitor.text('.problem')).toBe(
      'The link holds no network that can be built: it is cut off or damaged. The usual network is here in its place.',
    );
    expect(await visitor.text('#model summary')).toContain('61,706 weights');
    expect(visitor.page.url()).not.toContain('#');
    await visitor.page.close();
  });

  test('is used by keys alone, and tells where a layer does not fit', async () => {
    const visitor = await Visitor.open(here.browser, here.url);
    const {keyboard} = visitor.page;
    const tab = async (times: number) => {
      for (let i = 0; i < times; i++) await keyboard.press('Tab');
    };
    const type = async (value: string) => {
      await keyboard.down('Control');
      await keyboard.press('a');
      await keyboard.up('Control');
      await keyboard.type(value);
    };
    await (await visitor.page.waitForSelector(visitor.named('button', 'Change this network')))?.focus();
    await keyboard.press('Enter');
    await visitor.page.waitForSelector('.editor');
    expect(await focused(visitor)).toBe('Change the network');
    await tab(1);
    await keyboard.press('Enter');
    // Filters, the window, the stride, the edges, the activation; it is the first, so there is no way up.
    await tab(1);
    await type('12');
    await tab(5);
    expect(await focused(visitor)).toBe('Move down: layer 1, Convolution');
    await keyboard.press('Enter');
    await visitor.said('Convolution is layer 2 now.');
    expect(await focused(visitor)).toBe('Move down: layer 2, Convolution');
    expect((await layers(visitor)).slice(0, 2)).toEqual([
      'Max pooling 2 × 2',
      'Convolution 12 filters of 5 × 5, padded, relu',
    ]);
    await tab(1);
    await keyboard.press('Enter');
    await visitor.said('Convolution is removed.');
    expect(await focused(visitor)).toBe('Convolution 16 filters of 5 × 5, relu');
    await keyboard.down('Shift');
    await tab(1);
    await keyboard.up('Shift');
    expect(await focused(visitor)).toBe('Max pooling 2 × 2');
    await keyboard.press('Enter');
    await tab(1);
    await type('14');
    await tab(1);
    await type('14');
    const problem =
      'Layer 2, Convolution: the picture is 2 × 2 here: a window of 5 × 5 does not fit; make it smaller, or pad.';
    await visitor.shows('.layer-problem', problem);
    expect(await visitor.text('#network-verdict')).toBe(problem);
    expect(await violations(visitor.page)).toEqual([]);
    const build = await visitor.page.waitForSelector(visitor.named('button', 'Build this network'));
    expect(await build?.evaluate((button) => (button as HTMLButtonElement).disabled)).toBe(true);
    expect(visitor.problems).toEqual([]);
    await visitor.page.close();
  });

  test('moves layers that are dragged, and adds one below the open one', async () => {
    const visitor = await Visitor.open(here.browser, here.url, {viewport: PHONE});
    await visitor.press('Change this network');
    const rows = await visitor.page.waitForSelector('.layers').then(() => visitor.page.$$('[data-layer]'));
    await rows[0].scrollIntoView();
    const [first, second] = await Promise.all(
      rows.slice(0, 2).map((row) => row.$('.grip').then((grip) => grip?.boundingBox())),
    );
    if (!first || !second) throw new Error('the layers have no grips');
    const {mouse} = visitor.page;
    await mouse.move(first.x + 8, first.y + 8);
    await mouse.down();
    await mouse.move(second.x + 8, second.y + second.height, {steps: 5});
    await mouse.up();
    expect((await layers(visitor)).map((text) => text?.split(' ')[0])).toEqual([
      'Max',
      'Convolution',
      'Convolution',
      'Max',
      'Flatten',
      'Dense',
      'Dense',
    ]);
    await (await visitor.page.waitForSelector('[data-layer] .layer-toggle'))?.click();
    await visitor.choose('Add a layer', 'dropout');
    await visitor.press('Add');
    await visitor.said('Dropout is added as layer 2.');
    expect((await layers(visitor))[1]).toBe('Dropout 25 %');
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await violations(visitor.page)).toEqual([]);
    expect(visitor.problems).toEqual([]);
    await visitor.page.close();
  });
});
