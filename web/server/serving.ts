/** What `npm run web` and `mnist-wasm web` have in common: the options of a server of the page, and what it tells. */
import type {Command} from 'commander';
import pc from 'picocolors';
import {messageOf, UsageError} from '../../common/errors.js';
import {integer} from '../../common/node/integer.mjs';
import {MnistError} from '../../src/mnist/internal.js';

export interface ServingOptions {
  port: number;
  host: string | true;
  mnist?: string;
}

export function addServingOptions(command: Command): Command {
  return command
    .option('--port <number>', 'the port', integer(1, 65535), 4173)
    .option('--host [address]', 'the address to serve at; without one, all of this machine', '127.0.0.1')
    .option('--mnist <folder>', 'a folder with the four MNIST files, plain or .gz', process.env.MNIST_DIR || undefined);
}

/**
 * Serves a page that is built, until the process ends, and tells where.
 *
 * @param page its folder
 * @throws UsageError where there is no MNIST in the folder that is named, or the server cannot listen there.
 */
export async function servePage(page: string, {port, host, mnist}: ServingOptions): Promise<void> {
  const {serveWeb} = await import('./serve.js');
  const {urls} = await serveWeb({page, port, host, mnist}).catch((error: unknown) => {
    const reason = error instanceof MnistError ? error.message : listenError(error, port, host);
    throw new UsageError(reason, {cause: error});
  });
  console.log(`The page is at ${urls.map((url) => pc.cyan(url)).join(' and ')}`);
  console.log(
    mnist
      ? `It is given MNIST from ${mnist}.`
      : 'It has built-in digits. For MNIST name a folder with its four files: --mnist FOLDER, or MNIST_DIR.',
  );
  console.log('Ctrl-C ends it.');
}

function listenError(error: unknown, port: number, host: string | true): string {
  const reason = messageOf(error);
  if (/already in use|EADDRINUSE/.test(reason)) return `Port ${port} is in use. Name another: --port ${port + 1}.`;
  return `Cannot serve at ${host === true ? 'all addresses' : host}, port ${port}: ${reason}.`;
}
