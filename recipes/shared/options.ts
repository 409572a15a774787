import {type Stats, statSync} from 'node:fs';
import path from 'node:path';
import {Command, CommanderError, InvalidArgumentError, Option} from 'commander';
import {BACKENDS, type BackendName} from './backend';
import {UsageError} from './errors';
import {integer} from './integer';
import type {Recipe} from './recipe';

/** What a training run is told on the command line. */
export interface TrainOptions {
  epochs: number;
  batchSize: number;
  learningRate: number;
  validationSplit: number;
  seed: number;
  /** 'auto', 'digits', 'download' or the path of a folder. */
  data: string;
  trainSize?: number;
  testSize?: number;
  backend: BackendName;
  out: string;
  json?: string;
}

const HINT = '(--help lists the options)';

/**
 * Reads the command line of a training run.
 *
 * @param args the arguments after the script's name.
 * @returns the options, or undefined where help or the version was asked for and has been printed.
 * @throws UsageError with one line that says what was given and what is expected.
 */
export function parseTrainOptions(recipe: Recipe, args: string[], version: string): TrainOptions | undefined {
  const command = new Command('npm start --');
  command
    .description(`Train ${recipe.title} on MNIST, test it and write a report.`)
    .version(version)
    .allowExcessArguments(true)
    .exitOverride()
    .configureOutput({outputError: () => {}});
  addTrainOptions(command, recipe);
  try {
    command.parse(args, {from: 'user'});
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    const line = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    throw new UsageError(`${line} ${HINT}`);
  }
  // Commander's own message for this does not say which argument.
  if (command.args.length > 0) throw new UsageError(`unexpected argument '${command.args[0]}' ${HINT}`);
  return command.opts<TrainOptions>();
}

/** Adds the options of a training run, with the recipe's defaults. */
export function addTrainOptions(command: Command, recipe: Recipe): Command {
  return command
    .option('--epochs <n>', 'passes over the training images', integer(1, 100_000), recipe.epochs)
    .option('--batch-size <n>', 'images in a training step', integer(1, 1_000_000), recipe.batchSize)
    .option(
      '--learning-rate <x>',
      'step size of Adam at the start; it falls linearly to 0',
      learningRate,
      recipe.learningRate,
    )
    .option(
      '--validation-split <x>',
      'fraction of the training images held out, from their end, to validate each epoch; 0 for none',
      fraction,
      recipe.validationSplit,
    )
    .option('--seed <n>', 'seed of the initial weights and of the shuffling', integer(0, 2 ** 32 - 1), 1)
    .option(
      '--data <source>',
      "auto (MNIST if it is at hand, else the built-in digits), digits, download, or a folder with MNIST's four files",
      dataSource,
      'auto',
    )
    .option('--train-size <n>', 'use only the first n training images', integer(1, 2_000_000))
    .option('--test-size <n>', 'use only the first n test images', integer(1, 2_000_000))
    .addOption(new Option('--backend <name>', 'TensorFlow.js backend').choices(BACKENDS).default('mnist-wasm'))
    .option('--out <folder>', 'where the report and the trained model go', outputFolder, path.join('out', recipe.name))
    .option('--json <file>', 'also write the figures of the run to this file', outputFile);
}

function learningRate(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('Expected a number above 0.');
  }
  return value;
}

function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < 1)) {
    throw new InvalidArgumentError('Expected a number of at least 0 and below 1.');
  }
  return value;
}

function dataSource(text: string): string {
  if (['auto', 'digits', 'download'].includes(text)) return text;
  if (!isFolder(text)) throw new InvalidArgumentError('Expected auto, digits, download or the path of a folder.');
  return text;
}

function outputFolder(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected the path of a folder.');
  if (statsOf(text)?.isFile()) throw new InvalidArgumentError('It is a file, not a folder.');
  return text;
}

function outputFile(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected the path of a file.');
  if (isFolder(text)) throw new InvalidArgumentError('It is a folder, not a file.');
  return text;
}

function isFolder(text: string): boolean {
  return text !== '' && (statsOf(text)?.isDirectory() ?? false);
}

/** Undefined for what is not there; `throwIfNoEntry` alone still throws for a path that goes through a file. */
function statsOf(text: string): Stats | undefined {
  try {
    return statSync(text);
  } catch {
    return undefined;
  }
}
