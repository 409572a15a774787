/** Opens a page and waits for what it shows in the end; see shared/show.js. */
import {setTimeout as sleep} from 'node:timers/promises';

const TIMEOUT_SECONDS = 120;
/** What a page that threw is given to finish all the same. */
const PATIENCE_SECONDS = 5;
/** What Firefox says where the policy refused something: the page has not thrown. */
const REFUSED = /^Content-Security-Policy: /;
/** Milliseconds that reports of violations, sent on their own, are given to arrive. */
const GRACE = 500;

/**
 * @returns {Promise<{results: Record<string, any>, problems: string[]}>} what the page shows, and what it, or the browser
 *   about it, said in the console
 */
export async function visit(browser, url) {
  const {value: results, problems} = await withPage(browser, url, async (page, errors) => {
    const shown = await resultsOf(page, errors);
    await sleep(GRACE);
    return shown;
  });
  if (results === undefined) problems.push('the page threw, or took too long, and shows no results');
  return {results: results ?? {}, problems};
}

/**
 * Opens a page, and closes it when it has been used.
 * @template Value
 * @param {(page: import('puppeteer-core').Page, errors: Error[]) => Promise<Value>} use is also given what the page has
 *   thrown, to which more is added
 * @returns {Promise<{value?: Value, problems: string[]}>} no value where the page could not be opened or used; what the
 *   page, or the browser about it, said in the console, and why there is no value
 */
export async function withPage(browser, url, use) {
  // Nothing is kept from one visit to the next, as a page of the same address under another policy.
  const profile = await browser.createBrowserContext();
  const page = await profile.newPage();
  const problems = [];
  const errors = [];
  page.on('pageerror', (error) => {
    problems.push(`the page: ${error.stack ?? error.message}`);
    errors.push(error);
  });
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) problems.push(`the console, ${message.type()}: ${message.text()}`);
  });
  try {
    await page.goto(url);
    return {value: await use(page, errors), problems};
  } catch (error) {
    problems.push(error.message);
    return {problems};
  } finally {
    await profile.close();
  }
}

/** Asked again and again: what puppeteer has for waiting makes functions of text, which the policy forbids. */
async function resultsOf(page, errors) {
  let end = performance.now() + TIMEOUT_SECONDS * 1000;
  while (performance.now() < end) {
    const text = await page.evaluate(() => document.querySelector('#results')?.textContent);
    if (text) return JSON.parse(text);
    if (errors.some(({message}) => !REFUSED.test(message)))
      end = Math.min(end, performance.now() + PATIENCE_SECONDS * 1000);
    await sleep(100);
  }
  return undefined;
}
