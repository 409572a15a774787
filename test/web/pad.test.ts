import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import 'mnist-wasm';
import {io, setBackend, type Tensor, tensor} from '@tensorflow/tfjs-core';
import {loadLayersModel} from '@tensorflow/tfjs-layers';
import type {Browser} from 'puppeteer-core';
import {beforeAll, describe, expect, test} from 'vitest';
import {builtPage} from '../../web/server/serve';
import {browserNames} from '../browser/launch.mjs';
import {site} from './site';
import {Visitor} from './visitor';

/** Bytes of the page, which browsers keep: 10.2 MB. */
const MOST_BYTES = 10.5e6;
/** Of Binaryen, which is fetched and kept once a network is compiled: 11.9 MB. */
const MOST_COMPILER_BYTES = 12.5e6;

/** What the page and its worker have told each other of the pad. */
interface Talk {
  /** Digits that were asked for. */
  asked: number;
  last?: {pixels: number[]; answer: number[]};
  /** Has the worker do something that the page does not ask for. */
  call(method: string): Promise<unknown>;
}

/** A message of comlink. */
interface Call {
  id: string;
  path?: string[];
  argumentList?: {value: Uint8Array}[];
}

describe.each(browserNames)('the drawing pad in %s', (name) => {
  const here = site(name);

  beforeAll(() => setBackend('mnist-wasm'));

  test('answers as the model predicts: before, during and after training, and once it is loaded', async () => {
    const visitor = await Visitor.open({newPage: () => listeningPage(here.browser)}, here.url);
    const untrained = await drawAndCompare(visitor);
    await visitor.type('#keep-name', 'Untrained');
    await visitor.press('Keep');
    await visitor.page.waitForSelector('aria/Load Untrained[role="button"]');

    await visitor.fill('Epochs', '50');
    await visitor.press('Train');
    await visitor.trains();
    await visitor.press('Pause');
    await visitor.activity('paused');
    await drawAndCompare(visitor);
    await visitor.press('Resume');
    await visitor.activity('training');
    // Nothing is drawn: the page asks again by itself, of other weights.
    await visitor.page.waitForFunction(
      () => Number.parseFloat(document.querySelector('.probabilities li:nth-child(4) .number')?.textContent ?? '') > 90,
    );
    await visitor.press('Stop');
    await visitor.idle();
    expect((await drawAndCompare(visitor))[3]).toBeGreaterThan(0.5);

    await visitor.press('Load Untrained');
    await visitor.said('LeNet-5 is the model in use.');
    // The mouse may be a fraction of a pixel elsewhere.
    expect((await drawAndCompare(visitor))[3]).toBeCloseTo(untrained[3], 2);
    expect(visitor.problems).toEqual([]);
    await visitor.page.close();
  });
});

test('the page is as large as it should be, and the compiler that few fetch', () => {
  const files = readdirSync(builtPage, {recursive: true}).map(String);
  const bytes = (those: string[]) =>
    those
      .map((file) => statSync(path.join(builtPage, file)))
      .filter((file) => file.isFile())
      .reduce((sum, {size}) => sum + size, 0);
  const compiler = files.filter((file) => file.startsWith(path.join('assets', 'binaryen-')));
  expect(compiler).toHaveLength(1);
  expect(bytes(compiler)).toBeLessThan(MOST_COMPILER_BYTES);
  expect(bytes(files.filter((file) => !compiler.includes(file)))).toBeLessThan(MOST_BYTES);
  const kept = readFileSync(path.join(builtPage, 'sw.js'), 'utf8');
  expect(kept.includes(path.basename(compiler[0])), 'fetched by every visitor').toBe(false);
});

/**
 * Draws a three on an empty pad. Each of its points is asked for; the last answer, and what the page shows, must be what
 * the worker's model predicts here, in Node.
 * @returns that answer.
 */
async function drawAndCompare(visitor: Visitor): Promise<number[]> {
  const {page} = visitor;
  await visitor.press('Clear');
  await page.waitForFunction(() => document.querySelector('#answer')?.textContent === '–');
  const before = (await talkOf(visitor)).asked;
  await visitor.drawThree();
  await visitor.answer();
  const {asked, last} = await talkOf(visitor);
  expect(asked, 'more than the one that tfjs is asked for').toBeGreaterThan(before + 3);
  if (!last) throw new Error('the pad asked for nothing');
  const wanted = await predictHere(visitor, last.pixels);
  // Another engine may have another feature level, with other roundings.
  last.answer.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i], 4);
  });
  const shown = await page.$$eval('.probabilities .number', (all) => all.map(({textContent}) => textContent ?? ''));
  shown.forEach((text, i) => {
    expect(Math.abs(Number.parseFloat(text) / 100 - wanted[i])).toBeLessThan(0.0006);
  });
  return last.answer;
}

function talkOf({page}: Visitor): Promise<Omit<Talk, 'call'>> {
  return page.evaluate(() => {
    const {asked, last} = (window as unknown as {talk: Talk}).talk;
    return {asked, last};
  });
}

/** What the model that the worker has now makes of a digit, in this process. */
async function predictHere({page}: Visitor, pixels: number[]): Promise<number[]> {
  const {artifacts, weights} = await page.evaluate(async () => {
    const {talk} = window as unknown as {talk: Talk};
    const packed = (await talk.call('packModel')) as {artifacts: io.ModelArtifacts; weights: Blob};
    return {artifacts: packed.artifacts, weights: [...new Uint8Array(await packed.weights.arrayBuffer())]};
  });
  const weightData = new Uint8Array(weights).buffer;
  const model = await loadLayersModel(io.fromMemory({...artifacts, weightData}));
  const xs = tensor(
    pixels.map((pixel) => pixel / 255),
    [1, 28, 28, 1],
  );
  const ys = model.predict(xs) as Tensor;
  const values = Array.from(await ys.data());
  for (const one of [xs, ys, model]) one.dispose();
  return values;
}

/** A page that notes what its worker is told and answers. */
async function listeningPage(browser: Browser) {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(listen);
  return page;
}

/** In the page: calls are those of comlink, whose messages have an id, and answers the same. */
function listen(): void {
  const waiting = new Map<string, (value: unknown) => void>();
  const talk: Talk = {asked: 0, call: () => Promise.reject(new Error('no worker is there yet'))};
  Object.assign(window, {talk});
  window.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      // The others are threads.
      if (args[1]?.type !== 'module') return;
      this.addEventListener('message', ({data}) => waiting.get(data?.id)?.(data.value));
      talk.call = (method) =>
        new Promise((resolve) => {
          const id = `test ${Math.random()}`;
          waiting.set(id, resolve);
          super.postMessage({id, type: 'APPLY', path: [method], argumentList: []});
        });
    }

    override postMessage(message: unknown, transfer?: unknown): void {
      const {id, path: method, argumentList} = message as Call;
      if (method?.[0] === 'classify' && argumentList) {
        talk.asked++;
        const pixels = [...argumentList[0].value];
        waiting.set(id, (answer) => {
          talk.last = {pixels, answer: answer as number[]};
        });
      }
      super.postMessage(message, transfer as Transferable[]);
    }
  };
}
