/**
 * `npm run bench`: the recipes' models, the products of their layers and other kernels on mnist-wasm and its peers, one
 * run, with as many threads each; or a profile of training steps.
 */
import {existsSync, readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {enableProdMode, setBackend, version_core} from '@tensorflow/tfjs-core';
import {version_layers} from '@tensorflow/tfjs-layers';
import {type FeatureLevel, featureLevel} from 'mnist-wasm';
import {writeFileAtomic} from 'mnist-wasm/node';
import colors from 'picocolors';
import {UsageError} from '../common/errors';
import {threadsInWords} from '../common/format';
import {assertWritable} from '../common/node/files';
import {describeMachine, thisMachine} from './machine';
import {measureMemorySpeed} from './memory-speed';
import {findModel} from './models';
import {type BenchOptions, parseOptions} from './options';
import {measurePeakGflops} from './peak';
import {peers} from './peers';
import {findAndNote} from './peers/present';
import {tfjsPeer} from './peers/tfjs';
import type {FunctionNames} from './profile/groups';
import {profileModel} from './profile/profile';
import {trainingChart} from './report/chart';
import {consoleTable} from './report/console';
import {insertMarkdown, markdown} from './report/markdown';
import {tablesOf, tablesOfProfiles} from './report/tables';
import type {Results} from './results';
import {groupsOf, runGroups} from './run';
import {coldStart, compiled} from './serving';
import {CAPTURED, SUBJECT} from './subject';
import {sweep} from './sweep/run';
import {setThreads, threadsOfRun} from './threads';

try {
  await main(
    parseOptions(
      process.argv.slice(2),
      peers.map(({name}) => name),
    ),
  );
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${colors.red('error:')} ${error.message} (--help lists the options)`);
  process.exitCode = 2;
}

async function main(options: BenchOptions): Promise<void> {
  for (const file of [options.json, options.markdown, options.chart]) {
    if (file !== undefined) await assertWritable(path.dirname(file));
  }
  enableProdMode();
  setThreads(options.threads);
  await setBackend(SUBJECT);
  const results = await newResults();
  if (options.profile.length > 0) await profile(options.profile, results);
  else if (options.compiled) await compiled(options, results);
  else if (options.sweep) await sweep(options, results);
  else if (options.coldStart) await coldStart(options, options.coldStart, results);
  else await bench(options, results);
  await write(options, results);
}

async function newResults(): Promise<Results> {
  const level = featureLevel() ?? 'simd';
  const machine = thisMachine();
  const peakGflops = await measurePeakGflops(level);
  console.log(`${describeMachine(machine)}, ${threadsInWords(threadsOfRun())}, feature level ${colors.bold(level)}`);
  console.log(`Peak of 128-bit multiply-adds in registers: ${colors.bold(peakGflops.toFixed(1))} GFLOP/s\n`);
  return {
    date: new Date().toISOString().slice(0, 10),
    machine,
    featureLevel: level,
    threads: threadsOfRun(),
    peakGflops,
    versions: {'tfjs-core': version_core, 'tfjs-layers': version_layers},
    missing: {},
    failures: [],
    columns: [SUBJECT, CAPTURED],
    models: [],
    layers: [],
    kernels: [],
    profiles: [],
    compiled: [],
    coldStarts: [],
  };
}

async function profile(models: readonly string[], results: Results): Promise<void> {
  const level = featureLevel() ?? 'simd';
  results.memorySpeed = await measureMemorySpeed(level);
  const functions = await functionNames(level);
  for (const name of models) {
    for (const training of findModel(name).trainings) {
      const found = await profileModel(name, training, functions);
      results.profiles.push(found);
      for (const table of tablesOfProfiles({...results, profiles: [found]})) console.log(consoleTable(table));
    }
  }
}

/** Of the module that runs, as the build has noted them. */
async function functionNames(level: FeatureLevel): Promise<FunctionNames> {
  return JSON.parse(await readFile(new URL(`./functions-${level}.json`, import.meta.url), 'utf8')) as FunctionNames;
}

async function bench({only, peers: names, chart}: BenchOptions, results: Results): Promise<void> {
  const groups = groupsOf(only);
  if (groups.length === 0) throw new UsageError(`nothing has '${only}' in its title`);
  const isTraining = groups.some(({name}) => name === 'training steps');
  if (chart !== undefined && !isTraining) throw new UsageError(`--chart shows training steps: '${only}' is in none`);
  const found = await findAndNote(names, results);
  for (const {peer} of found) results.columns.push(...peer.columns);
  const contestants = [tfjsPeer(SUBJECT, async () => ''), ...found.map(({peer}) => peer)];
  let shown = 0;
  await runGroups(groups, contestants, results, () => {
    const tables = tablesOf(results);
    for (const table of tables.slice(shown)) console.log(consoleTable(table));
    shown = tables.length;
  });
  for (const {peer, title, message} of results.failures)
    console.error(colors.red(`${peer} failed: ${title}: ${message}`));
}

/** What fills a place of a document. */
function commandOf({compiled: isCompiled, coldStart: isColdStart}: BenchOptions): string {
  return `npm run bench${isCompiled ? ' -- --compiled' : isColdStart ? ' -- --cold-start' : ''}`;
}

async function write(options: BenchOptions, results: Results): Promise<void> {
  const {json, markdown: markdownFile, chart} = options;
  const files: [string | undefined, (file: string) => string][] = [
    [json, () => `${JSON.stringify(results, null, 2)}\n`],
    [
      markdownFile,
      (file) =>
        insertMarkdown(existsSync(file) ? readFileSync(file, 'utf8') : '', markdown(results), commandOf(options)),
    ],
    [chart, () => trainingChart(results)],
  ];
  for (const [file, content] of files) {
    if (file === undefined) continue;
    await writeFileAtomic(file, content(file));
    console.log(`Written to ${file}`);
  }
}
