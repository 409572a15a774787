/** The checks of the examples for browsers, in Chromium. */
import {readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import {build} from '../bundlers/project.mjs';
import {withPage} from '../bundlers/visit.mjs';
import {startVite} from './vite.mjs';

/** Of built-in digits, after the epochs of the examples. */
const LEAST_ACCURACY = 0.9;
const TIMEOUT = 120_000;
/** Of the pad's 280 x 280 pixels: what is drawn, and what it is. */
const DRAWINGS = {
  1: [
    [140, 50],
    [140, 230],
  ],
  0: Array.from({length: 33}, (_, i) => [
    140 + 50 * Math.sin((i * Math.PI) / 16),
    140 - 85 * Math.cos((i * Math.PI) / 16),
  ]),
  7: [
    [80, 60],
    [200, 60],
    [130, 230],
  ],
};

/** @type {Record<string, (project: string, means: object) => Promise<void>>} by the example's folder */
export const PAGES = {
  browser: async (project, {browser, read, result}) => {
    const server = await startVite(project, 'dev');
    try {
      result('reads drawn digits, served as it is', await draw(browser, server.origin, read));
    } finally {
      await server.stop();
    }
    await build(project);
    for (const file of ['model.wasm', 'model.js']) rmSync(path.join(project, file));
    const page = path.join(project, 'dist/index.html');
    const address = pathToFileURL(page).href;
    result('reads drawn digits as one file, without a server', await draw(browser, address, read));
    const others = readFileSync(page, 'utf8').match(/(src|href)="(?!data:)[^"]*"/g) ?? [];
    result('that file names no other', others);
  },
  'vite-train': async (project, {browser, result}) => {
    await builtAndServed(project, async (origin) => {
      const wrong = await visit(browser, origin, (page) => untilAccurate(page));
      result('trains in the page', wrong);
    });
  },
  'react-worker': async (project, {browser, result}) => {
    await builtAndServed(project, async (origin) => {
      result(
        'trains in a worker, once it has been stopped and started again',
        await visit(browser, origin, startStopStart),
      );
    });
  },
};

async function builtAndServed(project, use) {
  await build(project);
  const server = await startVite(project, 'preview');
  try {
    await use(server.origin);
  } finally {
    await server.stop();
  }
}

/** @returns what is wrong: what `use` says, and what the page or the browser about it said in the console */
async function visit(browser, address, use) {
  const {value = [], problems} = await withPage(browser, address, use);
  return [...value, ...problems];
}

function draw(browser, address, read) {
  return visit(browser, address, async (page) => {
    await page.waitForSelector('body[data-ready]', {timeout: TIMEOUT});
    const wrong = [];
    for (const [digit, points] of Object.entries(DRAWINGS)) {
      await page.click('#clear');
      await stroke(page, points);
      const {label, seen, meters} = await page.evaluate(readPage);
      const expected = read(seen.map((value) => value / 255));
      if (label !== `${expected.label}`) wrong.push(`a drawn ${digit} is a ${label}; Node says ${expected.label}`);
      if (label !== digit) wrong.push(`a drawn ${digit} is read as ${label}`);
      if (!expected.probabilities.every((value, i) => Math.abs(value - meters[i]) < 1e-6)) wrong.push(`${meters}`);
    }
    return wrong;
  });
}

async function stroke(page, points) {
  const {x, y} = await (await page.$('#pad')).boundingBox();
  const [[firstX, firstY], ...rest] = points;
  await page.mouse.move(x + firstX, y + firstY);
  await page.mouse.down();
  for (const [toX, toY] of rest) await page.mouse.move(x + toX, y + toY, {steps: 4});
  await page.mouse.up();
}

/** Runs in the page: what it shows, and of what. */
function readPage() {
  const {data} = document.querySelector('#seen').getContext('2d').getImageData(0, 0, 28, 28);
  return {
    label: document.querySelector('#label').textContent,
    seen: Array.from({length: 784}, (_, i) => data[4 * i + 3]),
    meters: Array.from(document.querySelectorAll('meter'), ({value}) => value),
  };
}

async function startStopStart(page) {
  const press = async (text) => {
    await page.waitForFunction((name) => document.querySelector('button')?.textContent === name, {}, text);
    await page.click('button');
  };
  await press('Train');
  await page.waitForFunction(() => document.querySelector('progress').value > 0, {timeout: TIMEOUT});
  await press('Stop');
  const stopped = await page.$eval('progress', ({value}) => value);
  await sleep(500);
  const later = await page.$eval('progress', ({value}) => value);
  await press('Train');
  return [...(later === stopped ? [] : ['it goes on after Stop']), ...(await untilAccurate(page))];
}

/** What the page says in the end, such as '97.53 % of the test images are read right'. */
async function untilAccurate(page) {
  await page.waitForFunction(() => document.querySelector('#result')?.textContent, {timeout: TIMEOUT});
  const text = await page.$eval('#result', ({textContent}) => textContent);
  const isolated = await page.evaluate(() => crossOriginIsolated);
  return [
    ...(Number.parseFloat(text) / 100 >= LEAST_ACCURACY ? [] : [text]),
    ...(isolated ? [] : ['the page is not isolated, and has no threads']),
  ];
}
