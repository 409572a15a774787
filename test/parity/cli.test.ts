import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {util} from '@tensorflow/tfjs-core';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {allCases} from '../cases';
import {run} from '../child';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'parity-'));
});

afterAll(async () => {
  await rm(folder, {recursive: true, force: true});
});

/** Runs the tool as a pipe sees it. */
const parity = (...args: string[]) => run(process.execPath, ['build/parity/cli.js', ...args]);
const onFaulty = (...args: string[]) =>
  parity('--backend', 'faulty', '--import', './test/parity/faulty.mjs', '--timeout', '2', ...args);

const casesOf = (kernel: string) => allCases.filter((c) => c.kernel === kernel && c.test !== false);
/** How many cases of a kernel have as many elements as those that the faulty backend is wrong at. */
const sevens = (kernel: string) =>
  casesOf(kernel).filter(({inputs}) => util.sizeFromShape([...Object.values(inputs)[0].shape]) === 7).length;

/** The cells of each kernel's row. */
function rowsOf(stdout: string): Record<string, string[]> {
  const lines = stdout.split('\n').filter((line) => line.startsWith('│'));
  const cells = lines.map((line) =>
    line
      .slice(1, -1)
      .split('│')
      .map((cell) => cell.trim()),
  );
  return Object.fromEntries(cells.map(([kernel, ...rest]) => [kernel, rest]));
}

describe('the parity tool', {timeout: 120_000}, () => {
  it('prints a row for each kernel, and ends with 0 where all agree', async () => {
    const {code, stdout, stderr} = await parity('--kernel', 'Ceil', 'Sum', 'BitwiseAnd', '--random', '20');
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    const {kernel, ...rows} = rowsOf(stdout);
    expect(kernel).toEqual(['worst error', 'allowed', 'cases', 'random', 'unsupported', 'trapped', 'failed']);
    expect(Object.keys(rows)).toEqual(['BitwiseAnd', 'Ceil', 'Sum']);
    expect(rows.Ceil).toEqual(['0', 'exact', String(casesOf('Ceil').length), expect.any(String), '', '', '']);
    expect(rows.Sum[0]).toMatch(/^\d\.?\d?e-[78]( of the largest)?$/);
    expect(stdout).not.toContain('\x1b');
    expect(stdout).not.toContain('Left out');
  });

  it('compares other backends, without the cases that state an error of mnist-wasm', async () => {
    const {code, stdout} = await parity(
      '--backend',
      'wasm',
      '--against',
      'mnist-wasm',
      '--kernel',
      'Relu6',
      'GatherV2',
      'FFT',
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/Left out: \d+ cases that state an error/);
    expect(rowsOf(stdout).FFT).toEqual(['-', '-', '0', String(casesOf('FFT').length), '', '']);
    // What tfjs-backend-wasm is known to give otherwise fails here too, and says so.
    expect(stdout).toMatch(/^failed {2}Relu6 special values: .* \(known: .*\)$/m);
  });

  it('goes on after kernels that trap, hang, end the process, leak, refuse or are wrong', async () => {
    const file = path.join(folder, 'faulty.json');
    const {code, stdout, stderr} = await onFaulty(
      ...['--json', file, '--kernel', 'Abs', 'Ceil', 'Exp', 'Floor', 'Log', 'Neg', 'Relu', 'Square'],
    );
    expect({code, stderr}).toEqual({code: 1, stderr: ''});
    const counts = Object.entries(rowsOf(stdout)).map(([kernel, cells]) => [kernel, cells.slice(-3).join()]);
    expect(Object.fromEntries(counts)).toEqual({
      kernel: 'unsupported,trapped,failed',
      Abs: ',,',
      Ceil: `,${sevens('Ceil')},`,
      Exp: `,,${sevens('Exp')}`,
      Floor: expect.stringMatching(/^,\d\d,$/),
      Log: `${casesOf('Log').length},,`,
      // It has no complex64.
      Neg: expect.stringMatching(/^\d+,,2$/),
      Relu: `,${sevens('Relu')},`,
      Square: `${casesOf('Square').length},,`,
    });
    expect(stdout).toContain('trapped Ceil [7]: faulty ended the process with exit code 3');
    expect(stdout).toContain('trapped Floor [7]: faulty did not finish within 2 s');
    expect(stdout).toMatch(/^ +Floor and \d+ more$/m);
    expect(stdout).toContain('trapped Relu [7]: faulty traps: unreachable');
    expect(stdout).toMatch(/^failed {2}Exp \[7\]: faulty throws: .* memory leak/m);
    expect(stdout).toMatch(/^failed {2}Neg \[7\]: expected .* off by 0\.500 .*; 1 of 7 values differ$/m);
    const {backend, against, kernels} = JSON.parse(await readFile(file, 'utf8'));
    expect({backend, against}).toEqual({backend: 'faulty', against: 'cpu'});
    const square = kernels.find(({kernel}: {kernel: string}) => kernel === 'Square');
    expect(square.cases[0]).toMatchObject({status: 'unsupported', message: 'faulty throws: Square is for another day'});
  });

  it('gives the command that runs a failing random case again', async () => {
    const {code, stdout} = await onFaulty('--kernel', 'Maximum', 'Greater', '--random', '100', '--seed', '3');
    expect(code).toBe(1);
    const failures = (text: string): string[] => text.match(/^\w+ +\w+ at random, .*\n.*$/gm) ?? [];
    expect(failures(stdout)).toHaveLength(2);
    const [hanging, wrong] = failures(stdout);
    expect(wrong).toMatch(/^failed {2}Maximum at random, \{"inputs":.*expected .* values differ\n/);
    expect(hanging).toMatch(/^trapped Greater at random, faulty did not finish within 2 s\n/);
    for (const failure of [wrong, hanging]) {
      const [, command] = failure.split('npm run parity -- ');
      const again = await parity(...command.split(' '), '--timeout', '2');
      expect(again.code).toBe(1);
      expect(failures(again.stdout)).toEqual([failure]);
      expect(again.stdout).toMatch(/^0 cases and 1 at random: 0 agree/m);
    }
  });

  it.for([
    [['--backend', 'nope'], "unknown backend 'nope'; registered: cpu, wasm, mnist-wasm"],
    [['--against', 'nope'], "unknown backend 'nope'"],
    [['--kernel', 'Nope'], "no cases of a kernel 'Nope'; there are some of Abs, "],
    [['--import', './nope.js'], "cannot import './nope.js'"],
    [['--path', '3'], '--path is one of --random cases'],
    [['--random', 'many'], "argument 'many' is invalid"],
    [['--nope'], "unknown option '--nope'"],
  ] as const)('ends with 2 for %s', async ([args, message]) => {
    const {code, stdout, stderr} = await parity(...args);
    expect({code, stdout}).toEqual({code: 2, stdout: ''});
    expect(stderr).toContain(message);
  });
});
