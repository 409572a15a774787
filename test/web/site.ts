import type {Browser} from 'puppeteer-core';
import {afterAll, beforeAll} from 'vitest';
import {type ServeOptions, serveWeb, type WebServer} from '../../web/server/serve';
import {launch} from '../browser/launch.mjs';

/** The page that is served, and the browser that visits it. */
export interface Site {
  readonly url: string;
  readonly browser: Browser;
}

interface Start {
  serve?: ServeOptions;
  launch?: Parameters<typeof launch>[1];
}

/** Both for the tests of one `describe`: there when the first begins, gone after the last. */
export function site(name: string, {serve, launch: options}: Start = {}): Site {
  let browser: Browser | undefined;
  let served: WebServer | undefined;
  beforeAll(async () => {
    served = await serveWeb(serve);
    browser = await launch(name, options);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
  return {
    get url() {
      return running(served).url;
    },
    get browser() {
      return running(browser);
    },
  };
}

function running<T>(started: T | undefined): T {
  if (!started) throw new Error('a site has started when the first test begins');
  return started;
}
