/** Runs node.mjs in a worker thread of Node, with the same argument; what that prints is printed here. */
import {once} from 'node:events';
import {Worker} from 'node:worker_threads';

const worker = new Worker(new URL('node.mjs', import.meta.url), {argv: process.argv.slice(2)});
const [code] = await once(worker, 'exit');
process.exitCode = code;
