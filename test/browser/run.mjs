#!/usr/bin/env node
/**
 * The command: tests of the built package in browsers. Exits with 0 where all passed, 1 where anything failed, 2 where the
 * run could not begin.
 */
import path from 'node:path';
import {Command, Option} from 'commander';
import {assertBuilt, StaleBuildError} from '../../scripts/inputs.mjs';
import {startProgress} from '../specs/progress.mjs';
import {SetupError} from '../specs/setup-error.mjs';
import {withResult} from '../specs/tally.mjs';
import {bundle} from './bundle.mjs';
import {planJobs, SUITES} from './jobs.mjs';
import {NoBrowserError} from './launch.mjs';
import {BROWSERS} from './open.mjs';
import {judgeSuite} from './results.mjs';
import {runPages} from './schedule.mjs';
import {serve} from './serve.mjs';

const LEVELS = ['relaxed', 'simd'];
/** What keeps a run from beginning. */
const EXPECTED = [SetupError, NoBrowserError, StaleBuildError];
const FOLDER = path.resolve(import.meta.dirname, '../../build/browser');

try {
  process.exitCode = (await main(parseOptions())) ? 0 : 1;
} catch (error) {
  if (!EXPECTED.some((type) => error instanceof type)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}

function parseOptions() {
  const choice = (flag, what, names) => new Option(`${flag} <name>`, what).choices([...names, 'all']).default('all');
  return new Command('npm run test:browser --')
    .description('Tests the built package in browsers.')
    .addOption(choice('--browser', 'the browser', Object.keys(BROWSERS)))
    .addOption(choice('--suite', 'what to run there', SUITES))
    .addOption(choice('--level', 'the feature level', LEVELS))
    .addOption(new Option('--filter <text>', 'only the specs with this in their names').default('', 'all'))
    .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
    .parse()
    .opts();
}

/** Whether all passed. */
async function main({browser, suite, level, filter}) {
  assertBuilt([...LEVELS, 'bundles']);
  const browsers = findBrowsers(browser);
  const suites = suite === 'all' ? SUITES : [suite];
  const levels = level === 'all' ? LEVELS : [level];
  const jobs = planJobs({browsers, suites, levels, filter});
  if (jobs.length === 0) throw new SetupError(`the engine of ${BROWSERS[browser].title} has no level '${level}'`);
  const own = await bundle(FOLDER);
  const {results, requests} = await run(jobs);
  if (results.every((result) => result.errors.length === 0 && withResult(result) === result.excluded))
    throw new SetupError(`no spec has '${filter}' in its name`);
  return tell(
    results,
    [...requests].filter((file) => !own.includes(file)),
  );
}

/** All that is named. Of all, WebKit may be missing: elsewhere than on Linux there is none to be had. */
function findBrowsers(name) {
  if (name !== 'all') {
    BROWSERS[name].find();
    return [name];
  }
  return Object.keys(BROWSERS).filter((one) => {
    try {
      BROWSERS[one].find();
      return true;
    } catch (error) {
      if (!(error instanceof NoBrowserError && one === 'webkit')) throw error;
      console.log(`${error.message} It is left out.`);
      return false;
    }
  });
}

async function run(jobs) {
  const results = [];
  const server = await serve(FOLDER);
  const progress = startProgress('browsers:', jobs.length, 'pages');
  try {
    await runPages(jobs, server, {
      onProgress: progress.update,
      onSuite(suite) {
        progress.clear();
        results.push(...judgeSuite(suite));
      },
    });
  } finally {
    progress.stop();
    await server.close();
  }
  return {results, requests: server.requests};
}

/** Prints the sum of all; whether all passed. */
function tell(results, strange) {
  if (strange.length > 0) console.log(`failed: the pages asked their server for ${strange.join(', ')}`);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed + result.errors.length, strange.length);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}
