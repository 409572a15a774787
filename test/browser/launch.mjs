/**
 * Starts installed browsers, headless, by puppeteer: Chromium over its DevTools protocol, Firefox over WebDriver BiDi.
 * CHROMIUM_PATH and FIREFOX_PATH name the programs; otherwise the usual places are tried.
 */
import {existsSync} from 'node:fs';
import puppeteer from 'puppeteer-core';

const BROWSERS = {
  chromium: {
    title: 'Chromium',
    protocol: 'chrome',
    variable: 'CHROMIUM_PATH',
    paths: [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    args: [
      // Chromium's sandbox does not start for root, as who continuous integration runs.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
  firefox: {
    title: 'Firefox',
    protocol: 'firefox',
    variable: 'FIREFOX_PATH',
    paths: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
    args: [],
  },
};

/** What `launch` knows, by the names that it takes. */
export const browserNames = Object.keys(BROWSERS);

/** No such browser is installed; the message says what was tried and how to get it. */
export class NoBrowserError extends Error {}

/**
 * The program of a browser.
 * @throws NoBrowserError
 */
export function findBrowser(name) {
  const {title, variable, paths} = BROWSERS[name];
  const named = process.env[variable];
  const found = (named ? [named] : paths).find((file) => existsSync(file));
  if (found) return found;
  const tried = named ? `${variable} names ${named}, which is not there` : `none of ${paths.join(', ')} is there`;
  throw new NoBrowserError(
    `No ${title}: ${tried}. Install it (Debian: apt-get install chromium firefox-esr), or set ${variable}.`,
  );
}

/**
 * Starts a browser with a new, empty profile.
 *
 * @param name 'chromium' or 'firefox'.
 * @param {import('puppeteer-core').LaunchOptions} [options] puppeteer's launch options, over those that are set here; `args` are added.
 * @throws NoBrowserError
 */
export function launch(name, {args = [], ...options} = {}) {
  const browser = BROWSERS[name];
  return puppeteer.launch({
    browser: browser.protocol,
    executablePath: findBrowser(name),
    headless: true,
    args: [...browser.args, ...args],
    // A test of minutes is one call.
    protocolTimeout: 0,
    ...options,
  });
}
