#!/usr/bin/env node
/**
 * The command: real applications from npm on this backend and on the official ones, each in a process of its own, with the
 * same input. Exits with 0 where mnist-wasm gives the same results everywhere, 1 where it does not, 2 where the run could
 * not begin.
 */
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Command, Option} from 'commander';
import {integer} from '../../common/node/integer.mjs';
import {newTable} from '../../common/node/table.mjs';
import {assertBuilt, StaleBuildError} from '../../scripts/inputs.mjs';
import {CommandError, npm, pack} from '../bundlers/project.mjs';
import {applications} from './applications.mjs';
import {contestants, runIn} from './contestants.mjs';
import {columns, markdownOf, rowOf} from './report.mjs';
import {summarize} from './summary.mjs';

/** What keeps a run from beginning. */
const EXPECTED = [CommandError, StaleBuildError];

process.exitCode = await main(parseOptions());

function parseOptions() {
  return new Command('npm run test:applications --')
    .description('Runs applications from npm on mnist-wasm, tfjs-backend-wasm and tfjs-backend-cpu, and compares.')
    .addOption(new Option('--only <name...>', 'only these').choices(Object.keys(applications)))
    .option('--rounds <n>', 'processes of each application on each backend', integer(1, 100), 1)
    .option('--no-cpu', 'leave tfjs-backend-cpu out, which takes minutes')
    .option('--markdown <file>', 'write the tables to a file')
    .option('--keep', 'keep the project, and tell where it is')
    .allowExcessArguments(false)
    .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
    .parse()
    .opts();
}

/** @returns the exit code */
async function main({only, rounds, cpu, markdown, keep}) {
  if (markdown && (only || !cpu)) {
    console.error('error: --markdown writes the whole table; leave --only and --no-cpu out');
    return 2;
  }
  const project = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-applications-'));
  try {
    assertBuilt(['relaxed', 'simd', 'bundles']);
    console.log('installs the applications (350 MB)');
    await install(project);
    const names = Object.keys(contestants).filter((name) => cpu || name !== 'cpu');
    const summaries = [];
    for (const application of only ?? Object.keys(applications))
      summaries.push(await runApplication(project, application, names, rounds));
    const table = newTable(columns, 3);
    table.push(...summaries.map(rowOf));
    console.log(table.toString());
    for (const {application, failures} of summaries)
      for (const failure of failures) console.log(`${application}: ${failure}`);
    if (markdown) writeFileSync(markdown, markdownOf(summaries, versionsIn(project), rounds));
    return summaries.every(({isRight}) => isRight) ? 0 : 1;
  } catch (error) {
    if (!EXPECTED.some((type) => error instanceof type)) throw error;
    console.error(`error: ${error.message}`);
    return 2;
  } finally {
    if (keep) console.log(`The project is in ${project}`);
    else rmSync(project, {recursive: true, force: true});
  }
}

async function install(project) {
  cpSync(path.join(import.meta.dirname, 'project'), project, {recursive: true});
  // Some ask for older versions of tfjs as peers.
  const flags = ['--ignore-scripts', '--legacy-peer-deps', '--no-save'];
  await npm(['install', ...flags, await pack(project)], project);
}

/** The backends one after another, again and again: what the machine does meanwhile meets all of them. */
async function runApplication(project, application, names, rounds) {
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const {title, once} = contestants[name];
      if (once && round > 0) continue;
      const result = await runIn(project, application, contestants[name]);
      results[name].push(result);
      console.log(
        `${application}, ${title}: ${result.failure ?? `${result.processor.toFixed(0)} ms of processor time, ${result.milliseconds.toFixed(0)} ms`}`,
      );
    }
  }
  return summarize(application, results);
}

/** @returns a function from a package's name to its version, as it is installed */
function versionsIn(project) {
  return (name) => JSON.parse(readFileSync(path.join(project, 'node_modules', name, 'package.json'), 'utf8')).version;
}
