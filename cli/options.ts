import {type Stats, statSync} from 'node:fs';
import path from 'node:path';
import {type Command, InvalidArgumentError, Option} from 'commander';
import {integer} from '../common/node/integer.mjs';
import {didYouMean} from '../common/suggestion';
import {
  LEARNING_RATES,
  type OptimizerSettings,
  POLARITIES,
  type Polarity,
  SCALE_NAMES,
  type ScaleName,
} from '../recipes';
import {BACKENDS, type BackendName} from './backend';
import {assertOutputFolder} from './output-folder';

/** Where the images come from, and on which backend a model runs. */
export interface DataOptions {
  /** 'auto', 'digits', 'download' or the path of a folder or file; auto where it is not given. */
  data?: string;
  trainSize?: number;
  testSize?: number;
}

const SOURCES = ['auto', 'digits', 'download'];

/** Where results go besides the terminal: a file, or true for the standard output. */
export interface JsonOption {
  json?: string | true;
}

/** What a training run is told on the command line; the recipe tells what is not given. */
export interface TrainOptions extends DataOptions, JsonOption {
  model?: string;
  optimizer?: OptimizerSettings['name'];
  epochs?: number;
  batchSize?: number;
  learningRate?: number;
  validationSplit?: number;
  seed?: number;
  backend: BackendName;
  threads?: number;
  name?: string;
  out?: string;
  /** Seconds. */
  checkpointEvery?: number;
  open?: boolean;
  /** The folder of the curves, or true for one in the output folder. */
  tensorboard?: string | true;
  resume?: boolean;
  overwrite?: boolean;
}

/** How the pixels are that a model was trained on, where it should not be found out. */
export interface ScalingOptions {
  scale?: ScaleName;
  polarity?: Polarity;
}

export const DEFAULT_SEED = 1;

/** Adds the options of a training run. */
export function addTrainOptions(command: Command): Command {
  command
    .option('--model <name>', "which of the recipe's models, where it has several (list shows them)")
    .addOption(
      choice(
        '--optimizer <name>',
        "another than the recipe's, with the step size that is usual for it",
        Object.keys(LEARNING_RATES),
      ),
    )
    .option(
      '--epochs <n>',
      'passes over the training images, of each stage where there are several',
      integer(1, 100_000),
    )
    .option('--batch-size <n>', 'images in a training step', integer(1, 1_000_000))
    .option(
      '--learning-rate <x>',
      "the optimizer's step size, at the start where the recipe lets it fall",
      learningRate,
    )
    .option(
      '--validation-split <x>',
      'fraction of the training images held out, from their end, to validate each epoch; 0 for none',
      fraction,
    )
    .option(
      '--seed <n>',
      `seed of the initial weights, shuffling, dropout and augmentation (default: ${DEFAULT_SEED})`,
      integer(0, 2 ** 32 - 1),
    );
  addDataOptions(command);
  addBackendOption(command);
  return addJsonOption(command)
    .option('--name <name>', 'the name of the run (default: that of recipe and model); its folder is out/NAME', runName)
    .option('--out <folder>', 'where results go instead', outputFolder)
    .option('--resume', 'go on with the unfinished run in the output folder')
    .option('--overwrite', 'begin anew where the output folder holds a run; what is there is removed')
    .option(
      '--checkpoint-every <s>',
      'seconds from one checkpoint to the next within an epoch (default: 120)',
      integer(0, 1_000_000),
    )
    .option('--open', 'open the report when the run has ended')
    .option(
      '--tensorboard [folder]',
      'write curves for TensorBoard too: to tensorboard/ in the output folder, or to FOLDER/NAME of the run',
      outputFolder,
    );
}

/** Adds the options of the data set. */
export function addDataOptions(command: Command): Command {
  return command
    .option(
      '--data <source>',
      'auto (MNIST if it is at hand, else the built-in digits), digits, download, or a folder or file: the four IDX files, ' +
        'mnist.npz, CSV, or PNGs in a folder for each digit (default: auto)',
      dataSource,
    )
    .option('--train-size <n>', 'use only the first n training images', integer(1, 2_000_000))
    .option('--test-size <n>', 'use only the first n test images', integer(1, 2_000_000));
}

/** Adds the options of what a model was trained on. */
export function addScalingOptions(command: Command): Command {
  return command
    .addOption(
      choice(
        '--scale <range>',
        'of the pixels that the model was trained on, instead of what test images show',
        SCALE_NAMES,
      ),
    )
    .addOption(choice('--polarity <which>', 'of the images that it was trained on, likewise', POLARITIES));
}

export function addBackendOption(command: Command): Command {
  return command
    .addOption(choice('--backend <name>', 'TensorFlow.js backend', BACKENDS).default('mnist-wasm'))
    .option(
      '--threads <n>',
      'threads of mnist-wasm; results do not depend on it (default: the cores at hand, at most 8)',
      integer(1, 16),
    );
}

/** An option that takes one of some names; where it is given another, it says which was probably meant. */
export function choice(flags: string, description: string, names: readonly string[]): Option {
  return new Option(flags, description).choices(names).argParser((text: string) => {
    if (names.includes(text)) return text;
    throw new InvalidArgumentError(`Expected one of ${names.join(', ')}. ${didYouMean(text, names)}`.trim());
  });
}

export function addJsonOption(command: Command): Command {
  return command
    .option(
      '--json [file.json]',
      'the figures as JSON: to a file, or alone to the standard output, what is for people to the standard error',
      jsonFile,
    )
    .hook('preAction', async (called) => {
      const {json} = called.opts<JsonOption>();
      if (typeof json === 'string') await assertOutputFolder('--json', path.dirname(json));
    });
}

/** `predict lenet --json *.png` names a picture, which would be lost. */
function jsonFile(text: string): string {
  if (text.toLowerCase().endsWith('.json')) return outputFile(text);
  throw new InvalidArgumentError(
    'Expected a file that ends in .json; to write to the standard output, put --json behind all arguments.',
  );
}

function learningRate(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('Expected a number above 0.');
  }
  return value;
}

/** A name of one folder in out/. */
function runName(text: string): string {
  if (/^[^\s./\\][^/\\]*$/.test(text) && text.trim() === text) return text;
  throw new InvalidArgumentError('Expected a name without slashes that begins with no dot or space.');
}

function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < 1)) {
    throw new InvalidArgumentError('Expected a number of at least 0 and below 1.');
  }
  return value;
}

function dataSource(text: string): string {
  if (SOURCES.includes(text) || isFolder(text) || statsOf(text)?.isFile()) return text;
  const hint = didYouMean(text, SOURCES);
  const reason = /[/\\.]/.test(text) ? 'There is no such folder or file. ' : '';
  const expected = 'Expected auto, digits, download, or the path of a folder or file';
  throw new InvalidArgumentError(`${reason}${expected}. ${hint}`.trim());
}

export function outputFolder(text: string): string {
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
