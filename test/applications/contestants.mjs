/** The backends, and one process of an application on one of them. */
import {fork} from 'node:child_process';
import path from 'node:path';

/** A run that takes longer is measured once: tfjs-backend-cpu takes minutes for some. */
const LARGEST_RUN_MS = 8000;
/** Of processor time. */
const PATIENCE = {warmUp: 500, measure: 1500};
const TIMEOUT_MS = 1_800_000;

/** @type {Record<string, {title: string, backend: string, threads?: number, once?: boolean}>} */
export const contestants = {
  ours: {title: 'mnist-wasm, one thread', backend: 'mnist-wasm', threads: 1},
  threads: {title: 'mnist-wasm, all threads', backend: 'mnist-wasm'},
  wasm: {title: 'tfjs-backend-wasm', backend: 'wasm'},
  cpu: {title: 'tfjs-backend-cpu', backend: 'cpu', once: true},
};

/**
 * @typedef {{answers: string[], values: Record<string, number[]>, processor: number, milliseconds: number, runs: number}} Result
 *   the medians of processor time and of wall time, in milliseconds
 * @returns {Promise<Result | {failure: string}>} what went wrong in the application, in a line
 */
export async function runIn(project, application, {backend, threads}) {
  const settings = JSON.stringify({patience: PATIENCE, largestRun: LARGEST_RUN_MS});
  const child = fork(path.join(project, 'child.mjs'), [application, backend, settings], {
    cwd: project,
    env: {...process.env, ...(threads ? {MNIST_WASM_THREADS: `${threads}`} : {})},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: TIMEOUT_MS,
  });
  let errors = '';
  let result;
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text;
  });
  child.on('message', (message) => {
    result = message;
  });
  const [code, signal] = await new Promise((ended) => child.on('close', (...how) => ended(how)));
  return result ?? {failure: signal ? `ended by ${signal}` : (messageIn(errors) ?? `ended with ${code}`)};
}

/** The line of Node's report of an exception that has its message. */
function messageIn(errors) {
  return errors.split('\n').find((line) => /^(Uncaught )?\w*Error\b.*:/.test(line));
}
