/** A service worker: it has no workers of its own. */
import {runInBrowser} from './host.mjs';

self.onmessage = (event) => event.waitUntil(runInBrowser(1).then((report) => event.ports[0].postMessage(report)));
