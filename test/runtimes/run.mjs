#!/usr/bin/env node
/**
 * The command: one suite of the packed package in every JavaScript runtime that is at hand. Exits with 0 where all passed,
 * 1 where anything failed, 2 where the run could not begin.
 */
import {cpSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Command, Option} from 'commander';
import {assertBuilt, StaleBuildError} from '../../scripts/inputs.mjs';
import {CommandError, installPackages, pack, run as runCommand} from '../bundlers/project.mjs';
import {bundlePages} from './browser.mjs';
import {markdownOf} from './markdown.mjs';
import {installPrograms} from './programs.mjs';
import {failedReport} from './project/suite.mjs';
import {createReport} from './report.mjs';
import {runtimes, threadsOf} from './runtimes.mjs';

/** What keeps a run from beginning. */
const EXPECTED = [CommandError, StaleBuildError];

process.exitCode = await main(parseOptions());

function parseOptions() {
  return new Command('npm run test:runtimes --')
    .description('Runs one suite of the package in Node, Deno, Bun, workerd and browsers.')
    .addOption(
      new Option('--only <name...>', 'only these')
        .choices(Object.keys(runtimes))
        .default(undefined, 'all that are here'),
    )
    .option('--markdown <file>', 'write the table to a file')
    .option('--keep', 'keep the project, and tell where it is')
    .allowExcessArguments(false)
    .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
    .parse()
    .opts();
}

/** @returns the exit code */
async function main({only, markdown, keep}) {
  if (only && markdown) {
    console.error('error: --markdown writes the whole table; leave --only out');
    return 2;
  }
  const project = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-runtimes-'));
  try {
    assertBuilt(['relaxed', 'simd', 'bundles']);
    const report = createReport();
    const means = await prepare(project, report.step);
    for (const name of only ?? Object.keys(runtimes)) await runIn(name, means, report, only !== undefined);
    if (markdown) writeFileSync(markdown, markdownOf(report.rows));
    return report.end() ? 0 : 1;
  } catch (error) {
    if (!EXPECTED.some((type) => error instanceof type)) throw error;
    console.error(`error: ${error.message}`);
    return 2;
  } finally {
    if (keep) console.log(`The project is in ${project}`);
    else rmSync(project, {recursive: true, force: true});
  }
}

/** @returns {Promise<import('./runtimes.mjs').Means>} */
async function prepare(project, step) {
  step('installs the runtimes');
  await installPrograms();
  step('installs the package');
  cpSync(path.join(import.meta.dirname, 'project'), project, {recursive: true});
  await installPackages(project, await pack(project));
  step('trains and compiles a model in Node');
  step(`has ${(await runCommand(process.execPath, ['make-fixture.mjs'], project)).trim()}`);
  return {project, pages: await bundlePages(project)};
}

async function runIn(name, means, report, isNamed) {
  const {title, places, missing, run} = runtimes[name];
  const reason = missing();
  if (reason) {
    // What is asked for by name has to be there.
    if (isNamed) throw new CommandError(`${title}: ${reason}`);
    return report.step(`leaves out ${title}: ${reason}`);
  }
  report.step(`runs in ${title}`);
  const start = performance.now();
  const {
    version,
    reports = {},
    failure,
  } = await run.call(runtimes[name], means).catch(({stack}) => ({version: '', failure: stack}));
  const seconds = (performance.now() - start) / 1000;
  for (const [key, place] of Object.entries(places)) {
    const {level, fused, threads, results} = reports[key] ?? failedReport('runs', failure);
    const checked = [...results, ...checkPicks(place, {level, threads})];
    report.add({runtime: title, version, place, level, fused, threads, results: checked});
  }
  report.step(`${title} took ${seconds.toFixed(1)} s`);
}

/** That the runtime has what it is known to have. */
function checkPicks(place, {level, threads}) {
  const wrong = (what, is, was) => (is === was ? undefined : `${what} ${is}, not ${was}`);
  const results = [];
  if (!place.given)
    results.push({name: `picks ${place.level}`, wrong: wrong('the level is', level || 'unknown', place.level)});
  if (threads !== undefined)
    results.push({name: 'has its threads', wrong: wrong('the number of threads is', threads, threadsOf(place))});
  return results;
}
