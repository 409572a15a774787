#!/usr/bin/env node
/** Brings DISCO at the commit that this recipe was tried with, installs it with the changes of package.json, and builds it. */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {Command} from 'commander';
import {assertBuilt, StaleBuildError} from '../../scripts/inputs.mjs';
import {CommandError, pack} from '../../test/bundlers/project.mjs';

const REPOSITORY = 'https://github.com/epfml/disco.git';
/** The head of DISCO's branch `develop` on 24 October 2024. */
const COMMIT = '10b4be700c6e8f0af58a2c792e8a4c4db7096c0d';

const folder = import.meta.dirname;
const source = path.join(folder, 'source');
const windows = process.platform === 'win32';

const {from} = new Command('node examples/disco/setup.mjs')
  .description('Checks out, installs and builds DISCO in examples/disco/source.')
  .option('--from <repository>', 'where the commit is: an address, or a clone on this machine', REPOSITORY)
  .allowExcessArguments(false)
  .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts();

try {
  assertBuilt(['relaxed', 'simd', 'bundles']);
  checkOut(existsSync(from) ? path.resolve(from) : from);
  await install();
  for (const part of ['discojs', 'server']) compile(part);
  console.log('\nReady: node examples/disco/run.mjs');
} catch (error) {
  if (!(error instanceof StaleBuildError || error instanceof CommandError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}

/** Only the commit, without its history. */
function checkOut(repository) {
  console.log(`DISCO ${COMMIT.slice(0, 8)} from ${repository}`);
  mkdirSync(source, {recursive: true});
  run('git', ['init', '--quiet'], source);
  run(
    'git',
    ['fetch', '--quiet', '--depth', '1', repository, COMMIT],
    source,
    '--from: the commit could not be fetched.',
  );
  run('git', ['checkout', '--quiet', '--force', '--detach', COMMIT], source);
}

/** What the lockfile says, then mnist-wasm as it is in this checkout, whose checksum no lockfile can know. */
async function install() {
  console.log('Packages');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
  npm(['ci', ...flags]);
  const tarball = await pack(folder);
  try {
    npm(['install', '--no-save', ...flags, tarball]);
  } finally {
    rmSync(tarball);
  }
}

/** Without type checks: tfjs 4.22 has better types than two lines of DISCO expect, which the checker calls an error. */
function compile(part) {
  console.log(`TypeScript: ${part}`);
  run(
    process.execPath,
    [path.join('node_modules', 'typescript', 'bin', 'tsc'), '-p', `source/${part}`, '--noCheck'],
    folder,
  );
}

function npm(args) {
  run(windows ? 'npm.cmd' : 'npm', args, folder);
}

function run(command, args, cwd, advice = '') {
  const {status, error} = spawnSync(command, args, {cwd, stdio: 'inherit', shell: windows});
  if (status === 0) return;
  const reason = error?.code === 'ENOENT' ? 'is not installed' : `ended with ${status ?? error?.message}`;
  throw new CommandError(`${command} ${args[0]} ${reason}. ${advice}`.trim());
}
