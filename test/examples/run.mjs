#!/usr/bin/env node
/**
 * The command: installs the examples with the packed package, starts them, and asks them right and wrong things. Exits
 * with 0 where all passed, 1 where anything failed, 2 where the run could not begin.
 */
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Command, Option} from 'commander';
import {integer} from '../../common/node/integer.mjs';
import {newTable} from '../../common/node/table.mjs';
import {assertBuilt, StaleBuildError} from '../../scripts/inputs.mjs';
import {launch, NoBrowserError} from '../browser/launch.mjs';
import {CommandError, pack} from '../bundlers/project.mjs';
import {createReport} from '../bundlers/report.mjs';
import {PAGES} from './check-pages.mjs';
import {checkServer} from './check-server.mjs';
import {reader, testImages} from './images.mjs';
import {checkManifests} from './manifests.mjs';
import {checkLoad, printLoads} from './measure.mjs';
import {copyModel, EXAMPLES, install, makeModel, modelCommands} from './project.mjs';
import {SERVERS} from './servers.mjs';

/** What they are deployed with. */
const MANIFESTS = 'manifests';
const NAMES = [...Object.keys(SERVERS), ...Object.keys(PAGES), MANIFESTS];
const IMAGES = 1000;
/** Every folder has its own copy, so that it is whole. */
const COPIES = {
  'handler.js': Object.keys(SERVERS),
  'png.js': Object.keys(SERVERS),
  'src/lenet.js': ['vite-train', 'react-worker'],
};
/** What keeps a run from beginning. */
const EXPECTED = [NoBrowserError, CommandError, StaleBuildError];

process.exitCode = await main(parseOptions());

function parseOptions() {
  return new Command('npm run test:examples --')
    .description('Installs the examples with the packed package, starts them, and asks them right and wrong things.')
    .addOption(new Option('--only <name...>', 'only these').choices(NAMES).default(undefined, 'all'))
    .option('--load', 'then many requests at once, and what they cost (Linux)')
    .addOption(
      new Option('--requests <n>', 'how many for each server, with --load')
        .argParser(integer(100, 10_000_000))
        .default(100_000)
        .implies({load: true}),
    )
    .option('--keep', 'keep the projects, and tell where they are')
    .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
    .parse()
    .opts();
}

/** @returns the exit code */
async function main({only, keep, load, requests}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-examples-'));
  try {
    assertBuilt(['relaxed', 'simd', 'bundles']);
    const names = NAMES.filter((name) => only?.includes(name) ?? true);
    return await run(folder, names, load ? requests : 0);
  } catch (error) {
    if (!EXPECTED.some((type) => error instanceof type)) throw error;
    console.error(`error: ${error.message}`);
    return 2;
  } finally {
    if (keep) console.log(`The projects are in ${folder}`);
    else rmSync(folder, {recursive: true, force: true});
  }
}

/** @param {number} requests of the load test; 0 for none */
async function run(folder, names, requests) {
  const report = createReport();
  report.of('copies').result('of a file are equal, byte for byte', differences());
  const tarball = await pack(folder);
  const browser = names.some((name) => name in PAGES) ? await launch('chromium') : undefined;
  const table = newTable(['example', 'passed', 'failed', 'seconds'], 1);
  const model = createModel();
  const loads = {};
  try {
    for (const name of names) {
      const start = performance.now();
      const counts = {passed: 0, failed: 0};
      const {step, result: tell, leaveOut} = report.of(name);
      const result = (what, wrong) => {
        counts[wrong.length === 0 ? 'passed' : 'failed']++;
        tell(what, wrong);
      };
      try {
        step('is installed');
        const example = name === MANIFESTS ? 'edge-worker' : name;
        const project = await install(example, folder, tarball);
        await model.put(example, project, step);
        step('is checked');
        await check(name, project, {browser, result, read: model.read});
        if (requests > 0 && name in SERVERS) {
          step('is loaded');
          loads[name] = await checkLoad(
            name,
            project,
            {...(await testImages(IMAGES)), read: model.read, requests},
            {result, leaveOut},
          );
        }
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        result('is installed and started', [error.message]);
      }
      table.push([name, counts.passed, counts.failed, ((performance.now() - start) / 1000).toFixed(1)]);
    }
  } finally {
    await browser?.close();
  }
  printLoads(loads);
  console.log(`\n${table}\n`);
  return report.end() ? 0 : 1;
}

/** The model of all examples: made in the first that wants one. */
function createModel() {
  const model = {
    from: undefined,
    read: undefined,
    async put(name, project, step) {
      if (modelCommands(name).length === 0) return;
      if (model.from) return copyModel(model.from, project);
      step('trains and compiles a model');
      await makeModel(name, project);
      model.from = project;
      model.read = await reader(project);
    },
  };
  return model;
}

async function check(name, project, {browser, read, result}) {
  if (name === MANIFESTS) return checkManifests(path.dirname(project), project, result);
  if (name in PAGES) return PAGES[name](project, {browser, read, result});
  const {images} = await testImages(IMAGES);
  const server = await SERVERS[name](project);
  try {
    await checkServer(server, {images, read}, result);
  } finally {
    await server.stop();
  }
}

function differences() {
  return Object.entries(COPIES).flatMap(([file, [first, ...others]]) => {
    const text = (name) => readFileSync(path.join(EXAMPLES, name, file), 'utf8');
    return others.filter((name) => text(name) !== text(first)).map((name) => `${name}/${file} is not ${first}'s`);
  });
}
