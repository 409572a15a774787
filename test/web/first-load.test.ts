import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {builtPage} from '../../web/server/serve';
import {site} from './site';
import {PHONE, Visitor} from './visitor';

/** Bytes of JavaScript, zipped, that a visitor waits for before anything can be trained. */
const MOST_BYTES = 400_000;

describe('the first load', () => {
  const here = site('chromium');

  test('has at most 400 kB of JavaScript until a training can start', async () => {
    const {url, asked, close} = await noting(here.url);
    const profile = await here.browser.createBrowserContext();
    const visitor = await Visitor.open(profile, url, {
      viewport: PHONE,
      before: [withoutServiceWorker, noteReady],
    });
    const ready = await visitor.page.evaluate(() => (window as unknown as {ready: number}).ready);
    const files = [...asked].flatMap(([name, at]) => (name.endsWith('.js') && at <= ready ? [name] : []));
    const sizes = files.map((name) => gzipSync(readFileSync(path.join(builtPage, name)), {level: 9}).length);
    const total = sizes.reduce((a, b) => a + b, 0);
    expect(files.length, 'the page, its worker, the backend').toBeGreaterThan(2);
    expect(total, files.map((name, i) => `${name}: ${sizes[i]}`).join(', ')).toBeLessThanOrEqual(MOST_BYTES);
    expect(visitor.problems).toEqual([]);
    await profile.close();
    await close();
  });
});

/** A server before another one that notes what is asked of it first when: by the page as by its workers. */
async function noting(origin: string) {
  const asked = new Map<string, number>();
  const server = createServer(async ({url = '/'}, response) => {
    const name = url.slice(1);
    if (!asked.has(name)) asked.set(name, Date.now());
    const answer = await fetch(new URL(url, origin));
    const headers = [...answer.headers].filter(([name]) => !/^(content-encoding|content-length|connection)/.test(name));
    response.writeHead(answer.status, Object.fromEntries(headers)).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const {port} = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return {url: `http://127.0.0.1:${port}/`, asked, close};
}

/** In the page: it fetches all files that there are, for later. */
function withoutServiceWorker(): void {
  Reflect.deleteProperty(Navigator.prototype, 'serviceWorker');
}

/** In the page: notes when it can train. */
function noteReady(): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.state[data-activity="idle"]')) return;
    (window as unknown as {ready: number}).ready = Date.now();
    observer.disconnect();
  }).observe(document, {subtree: true, childList: true, attributeFilter: ['data-activity']});
}
