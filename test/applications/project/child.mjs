/**
 * One application on one backend: `child.mjs <application> <backend> <options as JSON>`, started by fork. It sends what
 * the first run answers, and how long a run takes.
 */
import {createRequire} from 'node:module';

const [application, backend, options] = process.argv.slice(2);
const {patience, largestRun} = JSON.parse(options);

// As applications require it: there is one tfjs-core in the process.
const tf = createRequire(import.meta.url)('@tensorflow/tfjs');
await import('@tensorflow/tfjs-backend-wasm');
await import('mnist-wasm');
await tf.setBackend(backend);
await tf.ready();

const start = performance.now();
const {run} = await (await import(`./programs/${application}.mjs`)).load(tf, backend);
const loadMilliseconds = performance.now() - start;
if (tf.getBackend() !== backend) throw new Error(`the application runs on ${tf.getBackend()}, not on ${backend}`);

const answer = await run();
if (tf.getBackend() !== backend) throw new Error(`the application went to ${tf.getBackend()}`);
const {answers, values} = answer;
process.send({answers, values, loadMilliseconds, ...(await time())}, () => process.disconnect());

/** The median of runs after a warm-up; of a single one after the first where a run is longer than `largestRun`. */
async function time() {
  const warmUp = await milliseconds(run);
  if (warmUp > largestRun) return {milliseconds: warmUp, runs: 1};
  await repeat(patience.warmUp, 2);
  const times = await repeat(patience.measure, 5);
  times.sort((a, b) => a - b);
  return {milliseconds: times[times.length >> 1], runs: times.length};
}

async function repeat(forMilliseconds, atLeast) {
  const times = [];
  for (const end = performance.now() + forMilliseconds; performance.now() < end || times.length < atLeast; )
    times.push(await milliseconds(run));
  return times;
}

async function milliseconds(call) {
  const before = performance.now();
  await call();
  return performance.now() - before;
}
