/** Runs node.mjs in a worker thread of Node; what that prints is printed here. */
import {once} from 'node:events';
import {Worker} from 'node:worker_threads';

const worker = new Worker(new URL('node.mjs', import.meta.url));
const [code] = await once(worker, 'exit');
process.exitCode = code;
