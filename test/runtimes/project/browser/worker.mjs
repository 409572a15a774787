/** A module worker of an isolated page: it may start workers that share its memory. */
import {runInBrowser} from './host.mjs';

postMessage(await runInBrowser(crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, 8) : 1));
