import {execFile} from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end, whatever its exit code. */
export function run(
  file: string,
  args: string[],
  options: {cwd?: string; env?: NodeJS.ProcessEnv} = {},
): Promise<Finished> {
  const {cwd = root, env = {}} = options;
  return new Promise((resolve, reject) => {
    execFile(file, args, {cwd, env: environment(env), maxBuffer: 2 ** 26}, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({code: error ? Number(error.code) : 0, stdout, stderr});
    });
  });
}

/** Runs the text of an ES module in a Node of its own, where nothing is loaded yet; imports resolve from `cwd`. */
export function runModule(source: string, options?: {cwd?: string; env?: NodeJS.ProcessEnv}): Promise<Finished> {
  return run(process.execPath, ['--input-type=module', '--eval', source], options);
}

/**
 * The environment for a program: this one's without what vitest sets for its own workers, without a level that the test did not ask
 * for, and without colours, which picocolors prints into a pipe where CI is set.
 */
export function environment(variables: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const {
    NODE_OPTIONS: _,
    NODE_ENV: __,
    VITEST: ___,
    MNIST_WASM_FEATURES: ____,
    FORCE_COLOR: _____,
    ...env
  } = process.env;
  return {...env, NO_COLOR: '1', ...variables};
}
