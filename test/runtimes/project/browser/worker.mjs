/** A module worker of an isolated page: it may start workers that share its memory. */
import {runInBrowser} from './host.mjs';

const {threads} = JSON.parse(new URLSearchParams(location.search).get('job'));
postMessage(await runInBrowser(threads));
