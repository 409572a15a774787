/** The command line of `npm run web` and `npm run web:build`. */
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {Command, CommanderError} from 'commander';
import pc from 'picocolors';
import {messageOf, UsageError} from '../../common/errors.js';
import {buildWeb} from './build.js';
import {builtPage} from './serve.js';
import {addServingOptions, type ServingOptions, servePage} from './serving.js';

interface Options extends ServingOptions {
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
    console.log();
    await servePage(builtPage, options);
    return undefined;
  } catch (error) {
    // commander has told it already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    console.error(`${pc.red('error:')} ${messageOf(error)}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function program(): Command {
  return addServingOptions(new Command('npm run web --'))
    .description('Builds the page and serves it.')
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
