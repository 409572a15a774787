/**
 * Runs a worker to its end, and says what became of its specs, whatever ended it.
 */
import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {follow} from '../specs/follow.mjs';
import {SetupError} from '../specs/setup-error.mjs';

/** Characters of the error output that are kept. */
const ERROR_TAIL = 2000;

const hook = new URL('./one-core.mjs', import.meta.url).href;
const worker = fileURLToPath(new URL('./worker.mjs', import.meta.url));

/**
 * Runs the specs of some test files in a process of their own.
 *
 * @param job {level, files, filter}
 * @returns the tally of the specs.
 * @throws SetupError where the process ended before it loaded a test file.
 */
export async function runProcess(job) {
  const child = spawn(process.execPath, ['--import', hook, worker, JSON.stringify(job)], {
    env: {...process.env, MNIST_WASM_FEATURES: job.level},
    // A test of tfjs's debug mode prints its timings.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  let errorOutput = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errorOutput = (errorOutput + text).slice(-ERROR_TAIL);
  });
  const run = follow(job, () => child.kill('SIGKILL'));
  createInterface({input: child.stdio[3]}).on('line', (line) => run.take(JSON.parse(line)));
  const status = await closed;
  if (run.ended()) process.stderr.write(errorOutput);
  const tally = run.settle('the process', status, errorOutput);
  if (!run.began()) throw new SetupError(`a process ended at its start with ${status}:\n${errorOutput}`);
  return tally;
}
