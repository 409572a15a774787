/**
 * Runs a worker to its end, and says what became of its specs, whatever ended it.
 */
import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {checkCounts, count, emptyTally, withResult} from './tally.mjs';

/** A worker that says nothing for so long hangs: it is several times what jasmine gives a spec. */
const SILENCE_LIMIT = 120_000;
/** Characters of the error output that are kept. */
const ERROR_TAIL = 2000;

const hook = new URL('./one-core.mjs', import.meta.url).href;
const worker = fileURLToPath(new URL('./worker.mjs', import.meta.url));

/** The run cannot begin: nothing is known about any spec. */
export class SetupError extends Error {}

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
  let silent = false;
  const watchdog = setTimeout(() => {
    silent = true;
    child.kill('SIGKILL');
  }, SILENCE_LIMIT);

  const tally = emptyTally();
  let last = {};
  createInterface({input: child.stdio[3]}).on('line', (line) => {
    watchdog.refresh();
    last = JSON.parse(line);
    count(tally, last);
  });
  const status = await closed;
  clearTimeout(watchdog);
  if (last.event === undefined) throw new SetupError(`a process ended at its start with ${status}:\n${errorOutput}`);
  if (last.event === 'end') {
    process.stderr.write(errorOutput);
    checkCounts(tally, job);
  } else {
    const how = silent ? `said nothing for ${SILENCE_LIMIT / 1000} s and was ended` : `ended early with ${status}`;
    const left = tally.discovered > 0 ? `; specs without a result: ${tally.discovered - withResult(tally)}` : '';
    tally.errors.push({where: placeOf(last), message: `the process ${how}${left}\n${errorOutput}`.trimEnd()});
  }
  return tally;
}

/** What the worker was doing after it said this. */
function placeOf({event, file, name}) {
  if (event === 'load' || event === 'loadFailed') return `loading ${file}`;
  if (event === 'start') return `${file}: ${name}`;
  return event === 'spec' ? `after ${file}: ${name}` : 'between the suites';
}
