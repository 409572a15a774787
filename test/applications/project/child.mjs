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

const loadStart = performance.now();
const {run} = await (await import(`./programs/${application}.mjs`)).load(tf, backend);
const loadMilliseconds = performance.now() - loadStart;
if (tf.getBackend() !== backend) throw new Error(`the application runs on ${tf.getBackend()}, not on ${backend}`);

const {values: first, time} = await timed();
if (tf.getBackend() !== backend) throw new Error(`the application went to ${tf.getBackend()}`);
const {answers, values} = first;
process.send({answers, values, loadMilliseconds, ...(await median())}, () => process.disconnect());

/** The median of runs after a warm-up; of a single one after the first where a run is longer than `largestRun`. */
async function median() {
  if (time.processor > largestRun) return {...time, runs: 1};
  await repeat(patience.warmUp, 1);
  const times = await repeat(patience.measure, 3);
  const of = (kind) => times.map((each) => each[kind]).sort((a, b) => a - b)[times.length >> 1];
  return {processor: of('processor'), milliseconds: of('milliseconds'), runs: times.length};
}

async function repeat(forMilliseconds, atLeast) {
  const times = [];
  let spent = 0;
  while (spent < forMilliseconds || times.length < atLeast) {
    const {time: each} = await timed();
    times.push(each);
    spent += each.processor;
  }
  return times;
}

/** A run, its time, and what of it the process had a processor for. */
async function timed() {
  const start = performance.now();
  const used = process.cpuUsage();
  const values = await run();
  const {user, system} = process.cpuUsage(used);
  return {values, time: {processor: (user + system) / 1000, milliseconds: performance.now() - start}};
}
