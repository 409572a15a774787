import path from 'node:path';
import {build} from 'vite';
import {builtPage} from './serve.js';

const configFile = path.resolve(builtPage, '../../web/vite.config.ts');

/** Builds the page, of what is in dist/, into build/web. Apart from the server: the installed package serves the page without vite. */
export async function buildWeb(): Promise<void> {
  await build({configFile, logLevel: 'warn'});
}
