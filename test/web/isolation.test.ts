import type {Browser, Page} from 'puppeteer-core';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {serveWeb} from '../../web/server/serve';
import {browserNames, launch} from '../browser/launch.mjs';
import {servePlainly} from './plain-host';
import {THREADS, Visitor} from './visitor';

describe.each(browserNames)('threads in %s', (name) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(name);
  });
  afterAll(() => browser?.close());

  /** Trains until all threads compute, and stops; the page has to tell of them. */
  async function trainOnAllThreads(visitor: Visitor): Promise<void> {
    const loaded = await loadedAt(visitor.page);
    await visitor.fill('Epochs', '50');
    await visitor.press('Train');
    await visitor.trains();
    await visitor.shows('#training-threads', `on ${THREADS}`);
    await visitor.shows('#backend-notes', `${THREADS} compute.`);
    await visitor.press('Stop');
    await visitor.idle();
    expect(await visitor.figure('test-accuracy')).toBeGreaterThan(15);
    expect(await visitor.text('#backend-notes')).toContain(`${THREADS} compute.`);
    expect(await loadedAt(visitor.page), 'it has not loaded itself anew').toBe(loaded);
  }

  test('start with the first training, where the server sends the headers', async () => {
    const server = await serveWeb();
    const visitor = await Visitor.open(browser, server.url);
    expect(await isIsolated(visitor.page)).toBe(true);
    expect(await visitor.text('#backend-notes')).toContain('One thread computes until the first training');
    await trainOnAllThreads(visitor);
    await visitor.choose('Backend', 'cpu');
    await visitor.said('The backend is cpu.');
    await visitor.shows('#backend-notes', 'One thread computes.');
    expect(visitor.problems).toEqual([]);
    await visitor.page.close();
    await server.close();
  });

  test('are there from the second visit on where the host sends no headers, and without a network', async () => {
    const host = await servePlainly();
    const profile = await browser.createBrowserContext();
    const first = await Visitor.open(profile, host.url);
    expect(await isIsolated(first.page)).toBe(false);
    await first.shows('#backend-notes', 'One thread computes: there can be others when the page is opened once more.');
    const loaded = await loadedAt(first.page);
    await first.press('Train');
    await first.trains();
    expect(await first.text('#training-threads')).toBe('on one thread');
    await first.press('Stop');
    await first.idle();
    // The service worker is there by now, and the page has not loaded itself anew.
    await first.page.evaluate(async () => void (await navigator.serviceWorker.ready));
    expect(await loadedAt(first.page)).toBe(loaded);
    expect(first.problems).toEqual([]);
    await first.page.close();

    const second = await Visitor.open(profile, host.url);
    expect(await isIsolated(second.page)).toBe(true);
    await trainOnAllThreads(second);

    await host.close();
    await second.page.reload();
    await second.idle();
    expect(await isIsolated(second.page)).toBe(true);
    await trainOnAllThreads(second);
    expect(second.problems).toEqual([]);
    await profile.close();
  });
});

function isIsolated(page: Page): Promise<boolean> {
  return page.evaluate(() => crossOriginIsolated);
}

/** Another time where a page has loaded itself anew. */
function loadedAt(page: Page): Promise<number> {
  return page.evaluate(() => performance.timeOrigin);
}
