import {describe, expect, it} from 'vitest';
import {run} from '../child';
import {compareThreads} from './table';

/** Runs the tool as a pipe sees it. */
const digest = (...args: string[]) => run(process.execPath, ['build/digest/cli.js', ...args]);

/** The cells of each row under the head. */
const rowsOf = (table: string) =>
  table
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) => line.slice(1, -1).split('│'))
    .map((cells) => cells.map((cell) => cell.trim()))
    .slice(1);

describe('the digest tool', {timeout: 60_000}, () => {
  it('finds the same bits on one thread and on two, and the digest that it prints without --threads', async () => {
    const few = ['--only', 'lenet', '--steps', '3', '--level', 'simd'];
    const {code, stdout, stderr} = await digest(...few, '--threads', '1,2');
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    const rows = rowsOf(stdout);
    expect(rows).toEqual([['lenet', 'simd', expect.stringMatching(/^[0-9a-f]{32}$/), '1, 2']]);
    expect(await digest(...few)).toEqual({
      code: 0,
      stdout: `lenet simd ${rows[0][2]}\n`,
      stderr: '',
    });
  });

  it.for([
    [['--only', 'nope'], "no model has 'nope' in its name; known: lenet, alexnet, "],
    [['--threads', '1,17'], 'Expected a whole number from 1 to 16.'],
    [['--threads', '2,1,2'], 'A number is there twice.'],
    [['--browser', 'lynx'], 'Allowed choices are chromium, firefox.'],
    [['--level', 'mmx'], 'Allowed choices are relaxed, simd.'],
    [['--steps', '0'], "argument '0' is invalid"],
  ] as const)('ends with 2 for %s', async ([args, message]) => {
    const {code, stdout, stderr} = await digest(...args);
    expect({code, stdout}).toEqual({code: 2, stdout: ''});
    expect(stderr).toContain(message);
  });
});

it('a model with other bits on some threads has several rows, and is named', () => {
  const of = (model: string, threads: number, digest: string) => ({model, level: 'simd', threads, digest}) as const;
  const {table, differing} = compareThreads([
    ...[of('a', 1, 'x'), of('a', 2, 'y'), of('a', 3, 'x')],
    ...[of('b', 1, 'z'), of('b', 2, 'z'), of('b', 3, 'z')],
  ]);
  expect(rowsOf(table)).toEqual([
    ['a', 'simd', 'x', '1, 3'],
    ['a', 'simd', 'y', '2'],
    ['b', 'simd', 'z', '1, 2, 3'],
  ]);
  expect(differing).toEqual(['a']);
});
