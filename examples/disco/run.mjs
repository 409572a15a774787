#!/usr/bin/env node
/**
 * The command: DISCO's server and its clients, each a process of its own, train one network on shards of MNIST.
 * Exits with 0 where they agree in the end, 1 where a process failed, 2 where the run could not begin.
 */
import {existsSync} from 'node:fs';
import path from 'node:path';
import {Command, Option} from 'commander';
import {integer} from '../../common/node/integer.mjs';
import {ParticipantError, start} from './participants.mjs';
import {createReport} from './report.mjs';

/** MNIST's training set. */
const IMAGES = 60_000;

const settings = new Command('node examples/disco/run.mjs')
  .description('Federated or decentralised training of one network by several clients on this machine.')
  .addOption(new Option('--scheme <name>').choices(['federated', 'decentralized']).default('federated'))
  .addOption(new Option('--backend <name>').choices(['mnist-wasm', 'cpu']).default('mnist-wasm'))
  .option('--clients <n>', 'so many clients', integer(2, 16), 3)
  .option('--images <n>', 'so many images for each; a fifth of them is for validation', integer(10, 30_000), 2000)
  .option('--rounds <n>', 'so many exchanges of weights', integer(1, 1000), 5)
  .option('--epochs <n>', 'passes over the images in a round', integer(1, 100), 1)
  .option('--test <n>', 'so many test images at the end', integer(1, 10_000), 1000)
  .option('--seed <n>', 'of first weights and dropout', integer(0, 1_000_000), 1)
  .allowExcessArguments(false)
  .exitOverride(({exitCode}) => process.exit(exitCode === 0 ? 0 : 2))
  .parse()
  .opts();

process.exitCode = await main();

/** @returns the exit code */
async function main() {
  if (!existsSync(path.join(import.meta.dirname, 'source', 'server', 'dist', 'index.js'))) {
    console.error('error: DISCO is not here. First: node examples/disco/setup.mjs');
    return 2;
  }
  const {clients, images} = settings;
  if (clients * images > IMAGES) {
    console.error(
      `error: --images: ${clients} clients with ${images} each want ${clients * images}; MNIST has ${IMAGES}.`,
    );
    return 2;
  }
  const report = createReport(settings);
  try {
    return report.finish(await start(settings, report)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ParticipantError)) throw error;
    console.error(`error: ${error.message}`);
    return 1;
  }
}
