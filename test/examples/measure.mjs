/** The load test of every server, and how long each takes to start. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {newTable} from '../../common/node/table.mjs';
import {run} from '../bundlers/project.mjs';
import {load, mix, wrongGrowth} from './load.mjs';
import {startNode, startWorkerd, toEvent} from './servers.mjs';

const IMAGES = 100;
const STARTS = 7;

const STARTERS = {'node-server': startNode, 'edge-worker': startWorkerd};

/**
 * @param {string} name of a server whose example is installed, built and has its model
 * @returns {Promise<import('./load.mjs').Load & {startMs: number}>} and how long a new instance takes to its first answer
 */
export async function checkLoad(name, project, means, result) {
  const load = await measure(name, project, means);
  const count = load.requests.toLocaleString('en');
  result(`${count} requests, right and wrong, are answered as they must be`, load.wrong);
  result('takes no more memory in the second half of them', wrongGrowth(load.megabytes));
  return load;
}

async function measure(name, project, {images, read, requests}) {
  const means = {images: images.slice(0, IMAGES), read, requests};
  if (name === 'lambda') return measureHandler(project, means);
  const start = STARTERS[name];
  const [{request}] = mix(means.images, read);
  const startMs = await medianTime(async () => {
    const server = await start(project);
    await server.send(request);
    return () => server.stop();
  });
  const server = await start(project);
  try {
    const done = await load(server, means);
    const printed = server.output();
    return {...done, wrong: printed ? [...done.wrong, printed] : done.wrong, startMs};
  } finally {
    await server.stop();
  }
}

/** Lambda gives an instance one event at a time. */
async function measureHandler(project, {images, read, requests}) {
  const file = path.join(project, 'events.json');
  const cases = mix(images, read).map(({request}) => ({
    event: toEvent(request),
    status: request.status ?? 200,
    label: request.pixels && read(request.pixels).label,
  }));
  writeFileSync(file, JSON.stringify(cases));
  const call = (count) => [path.join(import.meta.dirname, 'lambda-host.mjs'), project, file, `${count}`];
  const startMs = await medianTime(async () => {
    await once(spawn(process.execPath, call(1), {stdio: 'ignore'}), 'close');
    return () => {};
  });
  const done = JSON.parse(await run(process.execPath, call(requests), project));
  return {...done, wrong: done.wrong > 0 ? [`${done.wrong} answers are wrong`] : [], startMs};
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

/** @param {Record<string, Awaited<ReturnType<typeof checkLoad>>>} loads by the server's name */
export function printLoads(loads) {
  const names = Object.keys(loads);
  if (names.length === 0) return;
  const table = newTable(['load', ...names], 1);
  const row = (title, value) => table.push([title, ...Object.values(loads).map(value)]);
  row('requests', ({requests}) => requests.toLocaleString('en'));
  row('requests a second', ({requests, seconds}) => Math.round(requests / seconds).toLocaleString('en'));
  row('requests a CPU second', (one) => Math.round(one.requests / one.cpuSeconds).toLocaleString('en'));
  row('CPU seconds a million', (one) => Math.round((1e6 * one.cpuSeconds) / one.requests).toLocaleString('en'));
  for (const percent of [50, 97.5, 99])
    row(`latency, ${percent} %, ms`, ({latencies}) => percentile(latencies, percent).toFixed(2));
  row('start to first answer, ms', ({startMs}) => startMs.toFixed());
  for (const share of [0, 0.25, 0.5, 0.75, 1])
    row(`MB after ${100 * share} %`, ({megabytes}) => megabytes[Math.round(share * (megabytes.length - 1))].toFixed());
  console.log(`\n${table}`);
}

function percentile(rising, percent) {
  return rising[Math.min(rising.length - 1, Math.floor((rising.length * percent) / 100))];
}
