/** Digests in a page of a browser, by the pages and the server of test/browser. */
import path from 'node:path';
// By a path that is right from build/digest too: the build leaves it outside, for it finds its files by its own place.
import {bundle} from '../../test/browser/bundle.mjs';
import {BROWSERS, openPage} from '../browser/open.mjs';
import type {Job} from '../browser/pages/job';
import type {Message} from '../browser/pages/tell';
import {serve} from '../browser/serve.mjs';
import type {Digest, Settings} from './digest';

const FOLDER = path.resolve('build/digest/page');

/**
 * Has a page compute digests, isolated, so that it has threads.
 *
 * @param onDigest called with each as it comes
 * @returns the browser and its version
 */
export async function digestInBrowser(
  name: keyof typeof BROWSERS,
  settings: Settings,
  onDigest: (digest: Digest) => void,
): Promise<string> {
  const {title, levels, find} = BROWSERS[name];
  find();
  await bundle(FOLDER);
  const server = await serve(FOLDER);
  const best = levels[0] as Job['best'];
  const job: Job = {
    id: '0',
    suite: 'digest',
    backend: 'mnist-wasm',
    best,
    isolated: true,
    filter: '',
    digest: settings,
  };
  const ended = new Promise<string>((resolve) => {
    server.hear(job.id, {
      message(message: Message) {
        if (message.event === 'digest') onDigest(message.digest);
        else if (message.event === 'stray') resolve(`${message.name}: ${message.message}`);
        else if (message.event === 'end') resolve('');
      },
      closed: () => resolve('a lost connection: the page crashed or was left'),
    });
  });
  try {
    const page = await openPage(name, `${server.url}?job=${encodeURIComponent(JSON.stringify(job))}`);
    try {
      const failure = await Promise.race([ended, page.gone]);
      if (failure) throw new Error(`${title} ${page.version}: ${failure}`);
      return `${title} ${page.version}`;
    } finally {
      await page.close();
    }
  } finally {
    await server.close();
  }
}
