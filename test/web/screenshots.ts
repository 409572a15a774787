/**
 * Takes the pictures of docs/page/: the page while it trains, after training, and with a drawn digit, on a desktop and on
 * a phone. `npm run docs:screenshots`; MNIST_DIR adds MNIST.
 */
import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {serveWeb} from '../../web/server/serve';
import {launch} from '../browser/launch.mjs';
import {DESKTOP, PHONE, Visitor} from './visitor';

const FOLDER = 'docs/page';
/** Epochs done when the picture of the training is taken. */
const SEEN_TRAINING = 1.4;

const SCREENS = [
  {name: 'desktop', viewport: {...DESKTOP, height: 1000}, dark: false},
  {name: 'desktop-dark', viewport: {...DESKTOP, height: 1000}, dark: true},
  {name: 'phone', viewport: PHONE, dark: false},
];

mkdirSync(FOLDER, {recursive: true});
const served = await serveWeb({mnist: process.env.MNIST_DIR, port: 0});
const browser = await launch('chromium');
try {
  for (const {name, ...options} of SCREENS) {
    const visitor = await Visitor.open(browser, served.url, options);
    const take = async (what: string, selector: string) => {
      const file = path.join(FOLDER, `${what}-${name}.png`) as `${string}.png`;
      await visitor.page.$eval(selector, (element) => element.scrollIntoView());
      // Pictures and bars come to rest.
      await new Promise((resolve) => setTimeout(resolve, 600));
      await visitor.page.screenshot({path: file});
      console.log(file);
    };
    const part = (id: string) => (name === 'phone' ? `#${id}` : '.columns');
    await visitor.press('Train');
    await visitor.page.waitForFunction(
      (share) => (document.querySelector('progress')?.value ?? 0) > share,
      {},
      SEEN_TRAINING / 3,
    );
    await take('training', part('training'));
    await visitor.idle();
    await take('trained', '#mistakes');
    await visitor.drawThree(name === 'phone' ? 'finger' : 'mouse');
    await visitor.answer();
    await take('drawn', part('draw'));
    await visitor.page.close();
  }
} finally {
  await browser.close();
  await served.close();
}
