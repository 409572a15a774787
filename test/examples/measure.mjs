/** The load tests of every server, and how long each takes to start. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {newTable} from '../../common/node/table.mjs';
import {run} from '../bundlers/project.mjs';
import {GROWTH_REQUESTS, load, mixedCases, rightCases, wrongGrowth} from './load.mjs';
import {startNode, startWorkerd, toEvent} from './servers.mjs';

const IMAGES = 100;
const STARTS = 7;

const STARTERS = {'node-server': startNode, 'edge-worker': startWorkerd};

/**
 * @typedef {object} Measured
 * @property {number} startMs from a new process to its first answer
 * @property {import('./load.mjs').Load} predictions right requests alone, a quarter as many
 * @property {import('./load.mjs').Load} mixture right and wrong ones
 */

/**
 * @param {string} name of a server whose example is installed, built and has its model
 * @param {{result(name: string, wrong: string[]): void, leaveOut(name: string, reason: string): void}} tell
 * @returns {Promise<Measured>}
 */
export async function checkLoad(name, project, {images, read, requests}, {result, leaveOut}) {
  const few = images.slice(0, IMAGES);
  const loads = {
    predictions: {cases: rightCases(few, read), requests: Math.ceil(requests / 4)},
    mixture: {cases: mixedCases(few, read), requests},
  };
  const measured = await (name === 'lambda' ? measureHandler(project, loads) : measureServer(name, project, loads));
  const {predictions, mixture} = measured;
  const total = (predictions.requests + mixture.requests).toLocaleString('en');
  result(`${total} requests are answered as they must be`, [...predictions.wrong, ...mixture.wrong]);
  const growth = 'takes no more memory in their second half';
  if (requests >= GROWTH_REQUESTS) result(growth, wrongGrowth(mixture.megabytes));
  else leaveOut(growth, `less than ${GROWTH_REQUESTS.toLocaleString('en')} requests do not show it`);
  return measured;
}

async function measureServer(name, project, {predictions, mixture}) {
  const start = STARTERS[name];
  const [{request}] = predictions.cases;
  const startMs = await medianTime(async () => {
    const server = await start(project);
    await server.send(request);
    return () => server.stop();
  });
  const server = await start(project);
  try {
    const first = await load(server, predictions.cases, predictions.requests);
    const second = await load(server, mixture.cases, mixture.requests);
    if (server.output()) second.wrong.push(server.output());
    return {startMs, predictions: first, mixture: second};
  } finally {
    await server.stop();
  }
}

/** Lambda gives an instance one event at a time. */
async function measureHandler(project, {predictions, mixture}) {
  const host = path.join(import.meta.dirname, 'lambda-host.mjs');
  const write = (name, cases) => {
    const file = path.join(project, name);
    writeFileSync(file, JSON.stringify(cases.map(toCall)));
    return [host, project, file];
  };
  const one = write('one.json', predictions.cases.slice(0, 1));
  const startMs = await medianTime(async () => {
    await once(spawn(process.execPath, [...one, '1'], {stdio: 'ignore'}), 'close');
    return () => {};
  });
  const call = async (name, {cases, requests}) => {
    const done = JSON.parse(await run(process.execPath, [...write(name, cases), `${requests}`], project));
    return {...done, wrong: done.wrong > 0 ? [`${done.wrong} answers are wrong`] : []};
  };
  return {startMs, predictions: await call('right.json', predictions), mixture: await call('mixed.json', mixture)};
}

/** Of a case, what another process can read. */
function toCall({request, label}) {
  return {event: toEvent(request), status: request.status ?? 200, label};
}

/** Of what returns how to undo it; in milliseconds. */
async function medianTime(start) {
  const times = [];
  for (let i = 0; i < STARTS; i++) {
    const before = performance.now();
    const stop = await start();
    times.push(performance.now() - before);
    await stop();
  }
  return times.sort((a, b) => a - b)[STARTS >> 1];
}

/** @param {Record<string, Measured>} loads by the server's name */
export function printLoads(loads) {
  const names = Object.keys(loads);
  if (names.length === 0) return;
  const table = newTable(['load', ...names], 1);
  const row = (title, value) => table.push([title, ...Object.values(loads).map(value)]);
  const whole = (number) => Math.round(number).toLocaleString('en');
  row('start to first answer, ms', ({startMs}) => whole(startMs));
  row('predictions', ({predictions: {requests}}) => whole(requests));
  row('predictions a second', ({predictions: {requests, seconds}}) => whole(requests / seconds));
  row('predictions a CPU second', ({predictions: {requests, cpuSeconds}}) => whole(requests / cpuSeconds));
  row('CPU seconds a million', ({predictions: {requests, cpuSeconds}}) => whole((1e6 * cpuSeconds) / requests));
  row('right and wrong requests', ({mixture: {requests}}) => whole(requests));
  row('of them a second', ({mixture: {requests, seconds}}) => whole(requests / seconds));
  for (const percent of [50, 97.5, 99])
    row(`latency, ${percent} %, ms`, ({mixture: {latencies}}) => percentile(latencies, percent).toFixed(2));
  row('MB when started', ({predictions: {megabytes}}) => whole(megabytes[0]));
  for (const share of [0, 0.25, 0.5, 0.75, 1])
    row(`MB after ${100 * share} %`, ({mixture: {megabytes}}) =>
      whole(megabytes[Math.round(share * (megabytes.length - 1))]),
    );
  console.log(`\n${table}`);
}

function percentile(rising, percent) {
  return rising[Math.min(rising.length - 1, Math.floor((rising.length * percent) / 100))];
}
