/**
 * The service worker: the page without a network. All built files are fetched when it is installed and served from then
 * on; a new version takes over once no page of the old one is open, so that no training is disturbed.
 */
import {NetworkOnly, type PrecacheEntry, Serwist} from 'serwist';

/** Put here by the build. */
declare const BUILT_FILES: PrecacheEntry[];

const config = new URL('config.json', location.href).href;

new Serwist({
  precacheEntries: BUILT_FILES,
  precacheOptions: {cleanupOutdatedCaches: true},
  runtimeCaching: [
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
