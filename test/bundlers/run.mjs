#!/usr/bin/env node
/**
 * The command: applications of the packed package, built by bundlers as they come and opened in browsers under a strict
 * Content-Security-Policy. Exits with 0 where all passed, 1 where anything failed, 2 where the run could not begin.
 */
import {cpSync, existsSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Command, Option} from 'commander';
import {assertBuilt, StaleBuildError} from '../../scripts/inputs.mjs';
import {browserNames, launch, NoBrowserError} from '../browser/launch.mjs';
import {checkControl, checkFixture} from './check.mjs';
import {fixtures} from './fixtures.mjs';
import {weigh} from './inspect.mjs';
import {CommandError, pack} from './project.mjs';
import {createReport} from './report.mjs';

/** Those that a page starts with. */
const ENTRIES = ['mnist-wasm', 'mnist-wasm/native', 'mnist-wasm/mnist'];
/** What keeps a run from beginning. */
const EXPECTED = [NoBrowserError, CommandError, StaleBuildError];

process.exitCode = await main(parseOptions());

function parseOptions() {
  return new Command('npm run test:bundlers --')
    .description('Builds applications of the package with bundlers, and opens them in browsers.')
    .addOption(
      new Option('--only <name...>', 'only these').choices(fixtures.map(({name}) => name)).default(undefined, 'all'),
    )
    .addOption(new Option('--browser <name>').choices([...browserNames, 'both']).default('both'))
    .option('--keep', 'keep the projects, and tell where they are')
    .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
    .parse()
    .opts();
}

/** @returns the exit code */
async function main({only, browser, keep}) {
  const browsers = [];
  const folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-bundlers-'));
  try {
    assertBuilt(['relaxed', 'simd', 'bundles']);
    for (const name of browser === 'both' ? browserNames : [browser]) browsers.push(await start(name));
    return await run(folder, browsers, only);
  } catch (error) {
    if (!EXPECTED.some((type) => error instanceof type)) throw error;
    console.error(`error: ${error.message}`);
    return 2;
  } finally {
    await Promise.all(browsers.map((started) => started.browser.close()));
    if (keep) console.log(`The projects are in ${folder}`);
    else rmSync(folder, {recursive: true, force: true});
  }
}

async function start(name) {
  const browser = await launch(name);
  return {browser, title: (await browser.version()).replace('/', ' ')};
}

async function run(folder, browsers, only) {
  const report = createReport();
  const control = path.join(folder, 'control');
  mkdirSync(control);
  for (const source of ['control', 'shared'])
    cpSync(path.join(import.meta.dirname, source), control, {recursive: true});
  for (const one of browsers) await checkControl(one, control, report.of('the test itself').result);

  const tarball = await pack(folder);
  for (const fixture of fixtures.filter(({name}) => only?.includes(name) ?? true)) {
    const tell = report.of(fixture.title);
    try {
      tell.addScripts(await checkFixture(fixture, {folder, tarball, browsers}, tell));
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      tell.result('is installed, built and started', [error.message]);
    }
  }
  const installed = path.join(folder, (only ?? fixtures.map(({name}) => name))[0]);
  if (existsSync(path.join(installed, 'node_modules/mnist-wasm')))
    for (const entry of ENTRIES) report.addEntry(entry, await weigh(installed, entry));
  return report.end() ? 0 : 1;
}
