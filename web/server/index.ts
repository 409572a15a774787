/** The command line of `npm run web` and `npm run web:build`. */
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {Command, CommanderError} from 'commander';
import pc from 'picocolors';
import {messageOf, UsageError} from '../../common/errors.js';
import {integer} from '../../common/node/integer.mjs';
import {MnistError} from '../../src/mnist/internal.js';
import {buildWeb, builtPage, serveWeb} from './serve.js';

interface Options {
  port: number;
  host: string | true;
  mnist?: string;
  build: boolean;
  buildOnly?: boolean;
}

/** @returns the exit code where it ends at once: 1 failed, 2 a wrong option, folder or port; undefined where it serves. */
export async function main(args: string[]): Promise<number | undefined> {
  try {
    const options = program().parse(args, {from: 'user'}).opts<Options>();
    if (options.build) await buildAll();
    else if (!existsSync(path.join(builtPage, 'index.html'))) {
      throw new UsageError(`--no-build: ${builtPage} holds no page. Build it: npm run web:build.`);
    }
    if (options.buildOnly) {
      console.log(
        `The page is in ${path.relative('.', builtPage)}: static files, for any web server and any folder of it.`,
      );
      return 0;
    }
    await serve(options);
    return undefined;
  } catch (error) {
    // commander has told it already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(`${pc.red('error:')} ${messageOf(error)}`);
    return error instanceof UsageError || error instanceof MnistError ? 2 : 1;
  }
}

function program(): Command {
  return new Command('npm run web --')
    .description('Builds the page and serves it.')
    .option('--port <number>', 'the port', integer(1, 65535), 4173)
    .option('--host [address]', 'the address to serve at; without one, all of this machine', '127.0.0.1')
    .option('--mnist <folder>', 'a folder with the four MNIST files, plain or .gz', process.env.MNIST_DIR || undefined)
    .option('--no-build', 'serve the page as it was built last')
    .option('--build-only', 'do not serve it')
    .exitOverride();
}

async function buildAll(): Promise<void> {
  if (existsSync('dist/index.js')) {
    console.log("The package is taken from dist/ as it is; 'npm run build' builds it anew.");
  } else {
    console.log('Building the package ...');
    const {status} = spawnSync(process.execPath, ['scripts/build.mjs', '--no-types'], {stdio: 'inherit'});
    if (status !== 0) throw new Error('The package could not be built.');
  }
  console.log('Building the page ...');
  await buildWeb();
}

async function serve({port, host, mnist}: Options): Promise<void> {
  const {urls} = await serveWeb({port, host, mnist}).catch((error: unknown) => {
    if (error instanceof MnistError) throw error;
    throw new UsageError(listenError(error, port, host), {cause: error});
  });
  console.log(`\nThe page is at ${urls.map((url) => pc.cyan(url)).join(' and ')}`);
  console.log(
    mnist
      ? `It is given MNIST from ${mnist}.`
      : 'It has built-in digits. For MNIST name a folder with its four files: --mnist FOLDER, or MNIST_DIR.',
  );
  console.log('Ctrl-C ends it.');
}

function listenError(error: unknown, port: number, host: string | true): string {
  const reason = messageOf(error);
  if (/already in use/.test(reason)) return `Port ${port} is in use. Name another: --port ${port + 1}.`;
  return `Cannot serve at ${host === true ? 'all addresses' : host}, port ${port}: ${reason}.`;
}
