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
  // Nothing is kept from one visit to the next, as a page of the same address under another policy.
  const profile = await browser.createBrowserContext();
  const page = await profile.newPage();
  const problems = [];
  let end = performance.now() + TIMEOUT_SECONDS * 1000;
  page.on('pageerror', (error) => {
    problems.push(`the page: ${error.stack ?? error.message}`);
    if (!REFUSED.test(error.message)) end = Math.min(end, performance.now() + PATIENCE_SECONDS * 1000);
  });
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) problems.push(`the console, ${message.type()}: ${message.text()}`);
  });
  try {
    await page.goto(url);
    const results = await resultsOf(page, () => performance.now() < end);
    if (results === undefined) problems.push('the page threw, or took too long, and shows no results');
    await sleep(GRACE);
    return {results: results ?? {}, problems};
  } finally {
    await profile.close();
  }
}

/** Asked again and again: what puppeteer has for waiting makes functions of text, which the policy forbids. */
async function resultsOf(page, hasTime) {
  while (hasTime()) {
    const text = await page.evaluate(() => document.querySelector('#results')?.textContent);
    if (text) return JSON.parse(text);
    await sleep(100);
  }
  return undefined;
}
