/**
 * The service worker: the page without a network. All built files are fetched when it is installed and served from then
 * on; a new version takes over once no page of the old one is open, so that no training is disturbed.
 */
import {CacheFirst, ExpirationPlugin, NetworkOnly, type PrecacheEntry, Serwist} from 'serwist';
import {COMPILER} from './compiler';
import {ISOLATION} from './isolation';

/** Put here by the build. */
declare const BUILT_FILES: PrecacheEntry[];

const config = new URL('config.json', location.href).href;
const compiler = new URL(COMPILER, location.href).href;

new Serwist({
  precacheEntries: BUILT_FILES,
  precacheOptions: {
    cleanupOutdatedCaches: true,
    // For hosts that send no such headers: from the second visit on the page has threads there too.
    plugins: [{handlerWillRespond: async ({response}) => withHeaders(response, ISOLATION)}],
  },
  runtimeCaching: [
    {
      matcher: ({url}) => url.href.startsWith(compiler),
      // Of the versions of the page the latest.
      handler: new CacheFirst({cacheName: 'compiler', plugins: [new ExpirationPlugin({maxEntries: 1})]}),
    },
    {
      // What the server has to give. Without the server that is nothing, whatever it had last time.
      matcher: ({url}) => url.href === config,
      handler: new NetworkOnly({
        networkTimeoutSeconds: 5,
        plugins: [{handlerDidError: async () => Response.json({mnist: null})}],
      }),
    },
  ],
}).addEventListeners();

function withHeaders(response: Response, added: Record<string, string>): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
  return new Response(response.body, {status: response.status, statusText: response.statusText, headers});
}
