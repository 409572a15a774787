import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Command, CommanderError} from 'commander';
import {afterAll, describe, expect, it} from 'vitest';
import {UsageError} from '../common/errors';
import {findRecipe} from '../recipes';
import {addTrainOptions, type TrainOptions} from './options';
import {planTraining} from './run/plan';

const folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-options-'));
const file = path.join(folder, 'file');
writeFileSync(file, '');
const jsonFolder = path.join(folder, 'folder.json');
mkdirSync(jsonFolder);
afterAll(() => rmSync(folder, {recursive: true}));

/** What the command hands to its action. */
async function parse(...args: string[]): Promise<TrainOptions> {
  let parsed: TrainOptions | undefined;
  const command = addTrainOptions(new Command('train').argument('<recipe>').exitOverride())
    .configureOutput({writeErr: () => {}})
    .action((_recipe, options: TrainOptions) => {
      parsed = options;
    });
  await command.parseAsync(['lenet', ...args], {from: 'user'});
  if (!parsed) throw new Error('the action was not called');
  return parsed;
}

describe('the options of train', () => {
  it('leave to the recipe what is not given', async () => {
    expect(await parse()).toEqual({backend: 'mnist-wasm'});
    const {stages, optimizer, validation, seed, out} = planTraining(findRecipe('lenet'), {backend: 'mnist-wasm'});
    expect({stages, optimizer, validation, seed, out}).toEqual({
      stages: findRecipe('lenet').stages,
      optimizer: findRecipe('lenet').optimizer,
      validation: findRecipe('lenet').validation,
      seed: 1,
      out: path.join('out', 'lenet'),
    });
  });

  it('are all read, and change the plan', async () => {
    const args = '--epochs 3 --batch-size 64 --learning-rate 5e-4 --validation-split 0 --seed 0 --train-size 500';
    const paths = ['--data', folder, '--out', 'a folder', '--json', 'a file.json'];
    const options = await parse(...args.split(' '), ...paths, '--test-size=7', '--backend', 'cpu', '--model', 'b');
    expect(options).toEqual({
      model: 'b',
      epochs: 3,
      batchSize: 64,
      learningRate: 0.0005,
      validationSplit: 0,
      seed: 0,
      trainSize: 500,
      testSize: 7,
      data: folder,
      out: 'a folder',
      json: 'a file.json',
      backend: 'cpu',
    });
    expect(planTraining(findRecipe('simple-cnn'), options)).toMatchObject({
      model: {name: 'b'},
      stages: [{epochs: 3, batchSize: 64}],
      optimizer: {name: 'sgd', learningRate: 0.0005},
      validation: undefined,
      seed: 0,
      out: 'a folder',
    });
  });

  it('name the models and the recipes that there are where one is unknown', () => {
    expect(() => planTraining(findRecipe('simple-cnn'), {backend: 'cpu', model: 'c'})).toThrow(
      /named 'c'; known: a, b$/,
    );
    expect(() => findRecipe('resnet')).toThrow(/no recipe named 'resnet'; known: lenet, alexnet, /);
    expect(() => findRecipe('lenett')).toThrow(/ Did you mean lenet\?$/);
    expect(() => findRecipe('Alex')).toThrow(/ Did you mean alexnet\?$/);
    expect(() => planTraining(findRecipe('lenet'), {backend: 'cpu', resume: true, overwrite: true})).toThrow(
      UsageError,
    );
  });

  it.each([
    ['--epochs 0', "'0'", 'whole number from 1'],
    ['--epochs 2.5', "'2.5'", 'whole number'],
    ['--epochs 1e3', "'1e3'", 'whole number'],
    ['--batch-size many', "'many'", 'whole number'],
    ['--train-size -5', "'-5'", 'whole number'],
    ['--test-size 0', "'0'", 'whole number'],
    ['--seed 4294967296', "'4294967296'", 'whole number from 0 to 4294967295'],
    ['--learning-rate 0', "'0'", 'above 0'],
    ['--learning-rate Infinity', "'Infinity'", 'above 0'],
    ['--validation-split 1', "'1'", 'below 1'],
    ['--validation-split x', "'x'", 'below 1'],
    ['--backend webgl', "'webgl'", 'mnist-wasm, cpu, wasm'],
    [
      '--data /no/such/folder',
      '/no/such/folder',
      'There is no such folder or file. Expected auto, digits, download, or the',
    ],
    ['--data digit', "'digit'", 'Did you mean digits?'],
    ['--backend mnist-wsm', "'mnist-wsm'", 'Did you mean mnist-wasm?'],
    [`--out ${file}`, file, 'not a folder'],
    [`--json ${jsonFolder}`, jsonFolder, 'not a file'],
    ['--json first.png', 'first.png', 'ends in .json'],
    ['--epoch 3', "'--epoch'", 'Did you mean --epochs?'],
    ['--seed', '--seed', 'argument missing'],
    ['mnist', '2', 'too many arguments'],
  ])('%s is refused', async (args, given, expected) => {
    const error = await parse(...args.split(' ')).catch((reason: unknown) => reason as Error);
    expect(error).toBeInstanceOf(CommanderError);
    const {message} = error as Error;
    expect(message).toContain(given);
    expect(message).toContain(expected);
  });
});
