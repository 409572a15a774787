import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {median} from '../../common/statistics';
import type {Milliseconds} from '../peers/peer';
import {writeModels} from './files';
import type {ModuleSize} from './size';

/** What serves at batch 1: small models. */
export const compiledModels = ['lenet', 'simple-cnn-a', 'simple-cnn-b', 'mlp-plain', 'batch-norm-cnn', 'strided-cnn'];

export interface CompiledResult {
  model: string;
  /** A prediction at batch 1, by column. */
  milliseconds: Milliseconds;
  /** Of the compiled modules, by feature level. */
  sizes: Record<string, ModuleSize>;
}

const CHILD = fileURLToPath(new URL('./compiled/child.js', import.meta.url));
const ROUNDS = 7;
/** By which the probabilities of two runtimes may differ. */
const TOLERANCE = 1e-4;

/**
 * Times predictions of a model at batch 1 on one thread: each contestant in a process of its own, in rounds one after
 * another so that what the machine does meanwhile meets all of them.
 *
 * @param columns contestants, the first of which the others must agree with
 */
export async function benchCompiled(model: string, columns: readonly string[]): Promise<CompiledResult> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mnist-wasm-compiled-'));
  const children: {column: string; child: ChildProcess; rounds: number[]}[] = [];
  try {
    const sizes = await writeModels(model, folder, columns.includes('onnxruntime-web'));
    let expected: number[] | undefined;
    for (const column of columns) {
      const child = fork(CHILD, [column, model, folder], {env: {...process.env, MNIST_WASM_THREADS: '1'}});
      children.push({column, child, rounds: []});
      const found = await answer<number[]>(child, column);
      expected ??= found;
      assertSame(found, expected, `${column}, ${model}`);
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const {column, child, rounds} of children) {
        child.send('round');
        rounds.push(await answer<number>(child, column));
      }
    }
    const milliseconds = Object.fromEntries(children.map(({column, rounds}) => [column, median(rounds)]));
    return {model, milliseconds, sizes};
  } finally {
    for (const {child} of children) child.kill();
    await rm(folder, {recursive: true});
  }
}

/** @throws Error if the process ends instead */
async function answer<T>(child: ChildProcess, column: string): Promise<T> {
  const gone = new AbortController();
  try {
    return await Promise.race([
      once(child, 'message', {signal: gone.signal}).then(([message]) => message as T),
      once(child, 'exit', {signal: gone.signal}).then(([code]) => {
        throw new Error(`the process of '${column}' ended with code ${code}`);
      }),
    ]);
  } finally {
    gone.abort();
  }
}

function assertSame(found: readonly number[], expected: readonly number[], title: string): void {
  if (found.length === expected.length && found.every((value, i) => Math.abs(value - expected[i]) <= TOLERANCE)) return;
  throw new Error(`${title}: predicts [${found}] instead of [${expected}]`);
}
