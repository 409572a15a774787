/** Opens a page in any of the browsers. */
import {setTimeout as sleep} from 'node:timers/promises';
import {findBrowser, launch} from './launch.mjs';
import {findWebKit, openInWebKit} from './webkit.mjs';

/**
 * By name: the title, and the feature levels that the engine has, the best one first. JavaScriptCore has relaxed SIMD
 * behind a flag.
 */
export const BROWSERS = {
  chromium: {title: 'Chromium', levels: ['relaxed', 'simd'], find: () => findBrowser('chromium')},
  firefox: {title: 'Firefox', levels: ['relaxed', 'simd'], find: () => findBrowser('firefox')},
  webkit: {title: 'WebKit', levels: ['simd'], find: findWebKit},
};

/** Milliseconds for a browser to close in peace. */
const CLOSING_LIMIT = 10_000;

/**
 * Opens a page in a browser of its own, with a new, empty profile.
 *
 * @returns version of the browser; gone: a promise of what ended it, if something else than `close` did; close().
 * @throws NoBrowserError
 */
export function openPage(name, url) {
  return name === 'webkit' ? openInWebKit(url) : openInPuppeteer(name, url);
}

async function openInPuppeteer(name, url) {
  const browser = await launch(name);
  const page = await browser.newPage();
  const gone = new Promise((resolve) => {
    page.on('error', ({message}) => resolve(`a crash of the page: ${message}`));
    browser.on('disconnected', () => resolve('the end of the browser'));
    // Not awaited: one that hangs never has loaded.
    page.goto(url, {timeout: 0}).catch(({message}) => resolve(`a failure to open the page: ${message}`));
  });
  return {
    version: (await browser.version()).replace(/^.*\//, ''),
    gone,
    async close() {
      await Promise.race([browser.close().catch(() => {}), sleep(CLOSING_LIMIT, undefined, {ref: false})]);
      browser.process()?.kill('SIGKILL');
    },
  };
}
