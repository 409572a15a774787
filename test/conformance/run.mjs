#!/usr/bin/env node
/**
 * The command: tfjs-core's own test suite on the built package. Exits with 0 where all passed, 1 where anything failed,
 * 2 where the run could not begin.
 */
import {accessSync, constants, writeFileSync} from 'node:fs';
import path from 'node:path';
import {Command, Option} from 'commander';
import {integer} from '../../common/node/integer.mjs';
import {assertBuilt, StaleBuildError} from '../../scripts/inputs.mjs';
import {startProgress} from '../specs/progress.mjs';
import {report} from '../specs/report.mjs';
import {SetupError} from '../specs/setup-error.mjs';
import {withResult} from '../specs/tally.mjs';
import {runLevel} from './level.mjs';
import {coreVersion, knownSpecs, testFiles} from './suite.mjs';

const LEVELS = ['relaxed', 'simd'];

try {
  process.exitCode = (await main(parseOptions())) ? 0 : 1;
} catch (error) {
  if (!(error instanceof SetupError || error instanceof StaleBuildError)) throw error;
  console.error(`error: ${error.message}`);
  process.exit(2);
}

function parseOptions() {
  return new Command('npm run test:conformance --')
    .description("Runs tfjs-core's own test suite on the built package.")
    .addOption(new Option('--level <level>', 'feature level').choices([...LEVELS, 'both']).default('both'))
    .option('--isolate', 'run each test file in a process of its own, two at a time')
    .addOption(new Option('--filter <text>', 'only the specs with this in their full names').default('', 'all'))
    .addOption(new Option('--files <text>', 'only the test files with this in their paths').default('', 'all'))
    .addOption(
      new Option('--list <n>', 'failed specs of a level to print')
        .argParser(integer(0, 1_000_000))
        .default(Infinity, 'all'),
    )
    .option('--json <file>', 'also write the results there')
    .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
    .parse()
    .opts();
}

/** Whether all passed. */
async function main({level, json, list, ...selection}) {
  const levels = level === 'both' ? LEVELS : [level];
  assertBuilt([...levels, 'bundles']);
  if (json !== undefined) assertWritable(path.dirname(json));
  const results = [];
  for (const one of levels) {
    const result = await run(one, selection);
    report(`conformance ${one}`, result, list);
    results.push(result);
  }
  if (json !== undefined)
    writeFileSync(json, `${JSON.stringify({coreVersion, node: process.version, results}, null, 2)}\n`);
  return results.every(({failed, errors}) => failed + errors.length === 0);
}

function assertWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new SetupError(`--json: cannot write to the folder ${folder}: ${error.message}`);
  }
}

async function run(level, {filter, files: inPath, isolate}) {
  const files = testFiles(inPath);
  if (files.length === 0) throw new SetupError(`no test file has '${inPath}' in its path`);
  const expected = filter === '' && inPath === '' ? knownSpecs.node : undefined;
  const progress = isolate ? startProgress(`conformance ${level}:`, files.length, 'files') : undefined;
  let result;
  try {
    result = await runLevel({level, files, filter}, {isolate, expected}, progress?.update);
  } finally {
    progress?.stop();
  }
  if (result.errors.length === 0 && withResult(result) === result.excluded)
    throw new SetupError(
      `none of ${result.discovered} specs in ${files.length} test files has '${filter}' in its name`,
    );
  return result;
}
