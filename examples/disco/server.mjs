/** DISCO's server in a process of its own, which run.mjs starts: it has the task and the first model. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Server} from 'server';
import {useBackend} from './backend.mjs';
import {mnistTask} from './task.mjs';

const settings = JSON.parse(process.argv[2]);

// The server keeps the first model in the folder that it runs in, and takes it from there the next time.
const folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-disco-'));
process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
process.on('disconnect', () => process.exit());
process.chdir(folder);

await useBackend(settings.backend, settings.seed);
// Loopback only, and any free port. Its own choice is all addresses; for those of IPv4 it makes a URL that is none.
const [, url] = await new Server().serve({host: '::1', port: 0}, mnistTask(settings));
process.send({type: 'listening', url: url.href});
