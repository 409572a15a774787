/** What a visitor of the page does and sees, in a real browser. */
import {type Browser, type Page, Puppeteer, type Viewport} from 'puppeteer-core';
import {threadsInWords} from '../../common/format';
import {defaultThreads} from '../default-threads.mjs';

export const DESKTOP: Viewport = {width: 1280, height: 900};
export const PHONE: Viewport = {width: 360, height: 780, isMobile: true, hasTouch: true, deviceScaleFactor: 2};

/** Milliseconds that anything on a page may take. */
const PATIENCE = 90_000;

/** Looks ten times a second: puppeteer's default waits for animation frames, and a page without any would never be looked at. */
const POLL = {polling: 100};

/** What mnist-wasm has in an isolated page, of this machine's cores. */
export const THREADS = threadsInWords(defaultThreads());

/** A three in one stroke, in shares of the pad. */
const THREE = [
  [0.3, 0.25],
  [0.45, 0.17],
  [0.62, 0.2],
  [0.68, 0.32],
  [0.6, 0.43],
  [0.48, 0.48],
  [0.62, 0.52],
  [0.7, 0.65],
  [0.62, 0.78],
  [0.45, 0.84],
  [0.3, 0.77],
];

export interface VisitOptions {
  viewport?: Viewport;
  dark?: boolean;
  /** Run in the page before its own scripts. */
  before?: readonly (() => void)[];
}

Puppeteer.registerCustomQueryHandler('named', {queryOne: namedElement});

/** In the page: what has a role and a name, as `button Clear`; Firefox's accessibility tree takes a second to tell. */
function namedElement(root: Node, selector: string): Node | null {
  const tags: Record<string, string> = {
    button: 'button',
    spinbutton: 'input[type=number]',
    combobox: 'select',
    checkbox: 'input[type=checkbox]',
    textbox: 'input[type=text]',
  };
  const [role] = selector.split(' ');
  const found = (root as Document).querySelectorAll<HTMLInputElement>(tags[role]);
  const nameOf = (element: HTMLInputElement) =>
    element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '';
  return [...found].find((one) => nameOf(one).replace(/\s+/g, ' ').trim() === selector.slice(role.length + 1)) ?? null;
}

/** A visitor of one page. */
export class Visitor {
  /** Errors of the console, of scripts, and what the policy refused. */
  readonly problems: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly isFirefox: boolean,
  ) {}

  /** Opens the page and waits until it can train. */
  static async open(
    browser: Pick<Browser, 'newPage'>,
    url: string,
    {viewport = DESKTOP, dark = false, before = []}: VisitOptions = {},
  ) {
    const page = await browser.newPage();
    const visitor = new Visitor(page, (await page.browser().version()).startsWith('firefox'));
    const {problems} = visitor;
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    // A loaded machine takes long, and that is no failure.
    page.setDefaultTimeout(PATIENCE);
    await page.setViewport(viewport);
    if (dark) await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: 'dark'}]);
    for (const script of before) await page.evaluateOnNewDocument(script);
    await page.goto(url);
    await visitor.idle();
    // What comes later is there too.
    await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'), POLL);
    return visitor;
  }

  /** Waits until the page is at rest. */
  async idle(): Promise<void> {
    await this.activity('idle');
  }

  async activity(wanted: string): Promise<void> {
    await this.until(this.page.waitForSelector(`.state[data-activity="${wanted}"]`, {timeout: 180_000}), wanted);
  }

  async text(selector: string): Promise<string> {
    return this.page.$eval(selector, (element) => element.textContent ?? '');
  }

  /** Waits until an element has this text in it. */
  async shows(selector: string, text: string): Promise<void> {
    const wait = this.page.waitForFunction(
      (where, wanted) => document.querySelector(where)?.textContent?.includes(wanted),
      POLL,
      selector,
      text,
    );
    await this.until(wait, `'${text}' in ${selector}`);
  }

  /** What was waited for; where it did not come, what the page shows instead. */
  private async until<Result>(wait: Promise<Result>, wanted: string): Promise<Result> {
    return wait.catch(async (cause) => {
      const shown = await this.page.$$eval('.state, .problem, [role=status]', (elements) =>
        elements.map(({className, textContent}) => `${className}: '${textContent}'`),
      );
      const refused = await this.page.$$eval('input:invalid', (inputs) => inputs.map((input) => input.outerHTML));
      const found = [...shown, ...refused, ...this.problems].join('; ');
      throw new Error(`waited for ${wanted}; the page has ${found}`, {cause});
    });
  }

  /** The number that a figure begins with. */
  async figure(id: string): Promise<number> {
    return Number.parseFloat((await this.text(`#${id}`)).replaceAll(',', ''));
  }

  /** Types into a field, as its label names it. Three clicks would select what it holds, but not on a slow machine. */
  async fill(label: string, value: string): Promise<void> {
    const field = await this.page.waitForSelector(this.named('spinbutton', label));
    await field?.evaluate((input) => (input as HTMLInputElement).select());
    await field?.type(value);
    const filled = await field?.evaluate((input) => (input as HTMLInputElement).value);
    if (filled !== value) throw new Error(`the field '${label}' holds '${filled}' where '${value}' was typed`);
  }

  /** Waits until the training that was asked for is seen to run. */
  async trains(): Promise<void> {
    const wait = this.page.waitForFunction(
      () => /\d/.test(document.querySelector('#training-time')?.textContent ?? ''),
      POLL,
    );
    await this.until(wait, 'a training that runs');
  }

  /** The selector of an element by its role and name. */
  named(role: string, name: string): string {
    return this.isFirefox ? `named/${role} ${name}` : `aria/${name}[role="${role}"]`;
  }

  async press(button: string): Promise<void> {
    // As a hand does: not where the links at the top or the buttons at the bottom lie over it.
    const there = await this.page.waitForSelector(this.named('button', button));
    await there?.evaluate((element) => element.scrollIntoView({block: 'nearest'}));
    // Tries again where the button is drawn anew meanwhile.
    await this.page.locator(this.named('button', button)).click();
  }

  /** Types into an empty field. */
  async type(selector: string, text: string): Promise<void> {
    const field = await this.page.waitForSelector(selector);
    await field?.type(text);
  }

  /** Chooses an option by its value, of the list that its label names. */
  async choose(label: string, value: string): Promise<void> {
    const list = await this.page.waitForSelector(this.named('combobox', label));
    await list?.select(value);
  }

  /** Sets or clears a check mark. */
  async check(label: string): Promise<void> {
    const box = await this.page.waitForSelector(this.named('checkbox', label));
    await box?.click();
  }

  /** Waits until the page says something to screen readers. */
  async said(announcement: string): Promise<void> {
    const wait = this.page.waitForFunction(
      (wanted) => [...document.querySelectorAll('[role=status]')].some(({textContent}) => textContent === wanted),
      POLL,
      announcement,
    );
    await this.until(wait, `'${announcement}'`);
    await this.idle();
  }

  /** Draws a three with the mouse, or with a finger. */
  async drawThree(by: 'mouse' | 'finger' = 'mouse'): Promise<void> {
    await drawThreeOn(this.page, '.pad-box', by);
  }

  /** What the page says that it reads, once it says anything. */
  async answer(): Promise<string> {
    const wait = this.page.waitForFunction(() => /\d/.test(document.querySelector('#answer')?.textContent ?? ''), POLL);
    await this.until(wait, 'an answer');
    // The last strokes may still be on their way.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return this.text('#answer');
  }
}

/** Draws a three on an element. */
export async function drawThreeOn(page: Page, pad: string, by: 'mouse' | 'finger' = 'mouse'): Promise<void> {
  const element = await page.waitForSelector(pad);
  await element?.scrollIntoView();
  const box = await element?.boundingBox();
  if (!box) throw new Error('the pad has no place on the page');
  const places = THREE.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  const {mouse, touchscreen} = page;
  if (by === 'mouse') {
    await mouse.move(...places[0]);
    await mouse.down();
    for (const place of places.slice(1)) await mouse.move(...place, {steps: 4});
    await mouse.up();
  } else {
    const finger = await touchscreen.touchStart(...places[0]);
    for (const place of places.slice(1)) await finger.move(...place);
    await finger.end();
  }
}
