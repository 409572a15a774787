/**
 * A process that calls the handler of a folder as Lambda's runtime does, one event after another, and tells what came of
 * it. Arguments: the folder, a file with events, how many calls.
 */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {residentMegabytes} from './process.mjs';

const SAMPLES = 20;
const [folder, file, count] = process.argv.slice(2);
const calls = Number(count);

const {handler} = await import(pathToFileURL(path.join(folder, 'index.js')));
const cases = JSON.parse(readFileSync(file, 'utf8'));
const latencies = new Float64Array(calls);
const megabytes = [residentMegabytes(process.pid)];
let wrong = 0;
const before = process.cpuUsage();
const start = performance.now();
for (let i = 0; i < calls; i++) {
  const {event, status, label} = cases[i % cases.length];
  const called = performance.now();
  const answer = await handler(event);
  latencies[i] = performance.now() - called;
  if (answer.statusCode !== status || (label !== undefined && JSON.parse(answer.body).label !== label)) wrong++;
  if ((i + 1) % Math.ceil(calls / SAMPLES) === 0) megabytes.push(residentMegabytes(process.pid));
}
const seconds = (performance.now() - start) / 1000;
const {user, system} = process.cpuUsage(before);
const sorted = [...latencies.sort()];
console.log(
  JSON.stringify({requests: calls, wrong, seconds, cpuSeconds: (user + system) / 1e6, latencies: sorted, megabytes}),
);
