import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, describe, expect, it, vi} from 'vitest';
import {lenet} from '../../recipes/models/lenet';
import {UsageError} from '../../recipes/shared/errors';
import {parseTrainOptions} from '../../recipes/shared/options';
import type {Recipe} from '../../recipes/shared/recipe';

const recipe: Recipe = {
  name: 'lenet',
  title: 'LeNet-5',
  epochs: 10,
  batchSize: 120,
  learningRate: 0.001,
  validationSplit: 0.1,
  build: lenet,
};
const folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-options-'));
const file = path.join(folder, 'file');
writeFileSync(file, '');
afterAll(() => rmSync(folder, {recursive: true}));

const parse = (...args: string[]) => parseTrainOptions(recipe, args, '1.2.3');

describe('parseTrainOptions', () => {
  it("gives the recipe's defaults", () => {
    expect(parse()).toEqual({
      epochs: 10,
      batchSize: 120,
      learningRate: 0.001,
      validationSplit: 0.1,
      seed: 1,
      data: 'auto',
      backend: 'mnist-wasm',
      out: path.join('out', 'lenet'),
    });
  });

  it('reads every option', () => {
    const args = '--epochs 3 --batch-size 64 --learning-rate 5e-4 --validation-split 0 --seed 0 --train-size 500';
    const paths = ['--data', folder, '--out', 'a folder', '--json', 'a file.json'];
    expect(parse(...args.split(' '), ...paths, '--test-size=7', '--backend', 'cpu')).toEqual({
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
    ['--data /no/such/folder', '/no/such/folder', 'auto, digits, download or the path of a folder'],
    ['--data digit', "'digit'", 'auto, digits, download'],
    [`--out ${file}`, file, 'not a folder'],
    [`--json ${folder}`, folder, 'not a file'],
    ['--epoch 3', "'--epoch'", 'Did you mean --epochs?'],
    ['--seed', '--seed', 'argument missing'],
    ['mnist', "'mnist'", 'unexpected argument'],
  ])('%s is refused in one line', (args, given, expected) => {
    const error = catchError(() => parse(...args.split(' ')));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain(given);
    expect(error.message).toContain(expected);
    expect(error.message).not.toMatch(/\n|^error:/);
  });

  it('prints help with every option and its default', () => {
    const help = printed(() => expect(parse('--help')).toBeUndefined()).replace(/\s+/g, ' ');
    const flags =
      'epochs batch-size learning-rate validation-split seed data train-size test-size backend out json help';
    for (const flag of flags.split(' ')) expect(help).toContain(`--${flag}`);
    expect(help).toContain('(default: 120)');
    expect(help).toContain('"mnist-wasm", "cpu", "wasm"');
  });

  it('prints the version', () => {
    expect(printed(() => expect(parse('--version')).toBeUndefined())).toBe('1.2.3\n');
  });
});

function catchError(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

function printed(action: () => void): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    action();
    return write.mock.calls.map(([text]) => text).join('');
  } finally {
    write.mockRestore();
  }
}
