/**
 * A load of right and wrong requests on loopback, each answer of which is checked, and what it costs the server. Reads
 * /proc, as Linux has it.
 */
import autocannon from 'autocannon';
import {wrongPrediction, wrongRefusal} from './check-server.mjs';
import {cpuSeconds, residentMegabytes} from './process.mjs';
import {badRequests, plainRequests} from './requests.mjs';

const CONNECTIONS = 8;
const SAMPLES = 20;
/** Of the memory, in the second half: a garbage collector's ups and downs. */
const MAX_GROWTH = 1.1;
const MAX_GROWTH_MB = 32;
/** So many show a leak of 4 kB in each, which is 100 MB in their second half. */
export const GROWTH_REQUESTS = 50_000;
/** Of a wrong request: megabytes would measure the loopback. */
const MAX_BODY_BYTES = 100_000;
/** So many wrong answers are told. */
const TOLD = 5;

/**
 * @typedef {object} Load
 * @property {number} requests
 * @property {string[]} wrong
 * @property {number} seconds
 * @property {number} cpuSeconds of the server
 * @property {number[]} latencies in ms, rising
 * @property {number[]} megabytes resident at the start, and after each twentieth of the requests
 */

/**
 * @typedef {object} Case a request, and what is wrong with an answer to it
 * @property {import('./requests.mjs').Request} request
 * @property {(answer: {status: number, headers: Headers, text: string}) => string[]} check
 * @property {number} [label] of a right one
 */

/**
 * @param {import('./servers.mjs').Server} server
 * @param {Case[]} cases
 * @returns {Promise<Load>}
 */
export async function load(server, cases, requests) {
  const {kept, closing} = await sort(server, cases);
  const latencies = [];
  const megabytes = [residentMegabytes(server.pid)];
  const wrong = [];
  const before = cpuSeconds(server.pid);
  const start = performance.now();
  // Of the last answer: autocannon itself ends with a whole second.
  let last = start;
  const run = autocannon({
    url: server.origin,
    connections: CONNECTIONS,
    amount: requests,
    requests: kept.map(({request, check}) => ({
      method: request.method,
      path: request.path,
      body: request.body,
      onResponse: (status, text, _context, headers) =>
        wrong.push(...check({status, text, headers: new Headers(headers)})),
    })),
  });
  run.on('response', (_client, _status, _bytes, milliseconds) => {
    latencies.push(milliseconds);
    last = performance.now();
    if (latencies.length % Math.ceil(requests / SAMPLES) === 0) megabytes.push(residentMegabytes(server.pid));
  });
  const [result, others] = await Promise.all([run, repeat(server, closing, run, wrong)]);
  const seconds = (last - start) / 1000;
  if (result.errors + result.timeouts > 0) wrong.push(`${result.errors} errors, ${result.timeouts} of them in time`);
  if (latencies.length !== requests) wrong.push(`${latencies.length} answers to ${requests} requests`);
  const used = cpuSeconds(server.pid) - before;
  latencies.sort((a, b) => a - b);
  return {requests: requests + others, wrong: wrong.slice(0, TOLD), seconds, cpuSeconds: used, latencies, megabytes};
}

/** What is wrong with the memory that was taken: it must not go on growing. */
export function wrongGrowth(megabytes) {
  const middle = Math.max(...megabytes.slice(0, Math.ceil(megabytes.length / 2)));
  const end = Math.max(...megabytes.slice(Math.ceil(megabytes.length / 2)));
  if (end <= middle * MAX_GROWTH + MAX_GROWTH_MB) return [];
  return [`${middle.toFixed()} MB in the first half of the requests, ${end.toFixed()} MB in the second`];
}

/** @returns {Case[]} */
export function rightCases(images, read) {
  return images.flatMap(plainRequests).map((request) => {
    const expected = read(request.pixels);
    return {request, label: expected.label, check: (answer) => wrongPrediction(answer, expected, 0)};
  });
}

/** Five right ones to a wrong one, in an order without pattern. @returns {Case[]} */
export function mixedCases(images, read) {
  const wrong = badRequests(images[0])
    .filter(({body = ''}) => body.length < MAX_BODY_BYTES)
    .map((request) => ({
      request,
      check: (answer) => wrongRefusal(answer, request).map((text) => `${request.name}: ${text}`),
    }));
  const all = [...rightCases(images, read), ...wrong];
  // 101 shares no factor with their number, or the mixture would not have all.
  const step = all.length % 101 === 0 ? 103 : 101;
  return all.map((_, i) => all[(i * step) % all.length]);
}

/**
 * autocannon's connections take one request after another: where the server closes the connection after an answer, as
 * it may where it has not read all of the body, the answers after that would be taken for others'.
 */
async function sort(server, cases) {
  const kept = [];
  const closing = [];
  for (const one of cases) {
    const {headers} = await server.send(one.request);
    (headers.get('connection') === 'close' || one.request.method === 'HEAD' ? closing : kept).push(one);
  }
  return {kept, closing};
}

/** These by another client, one at a time, for as long as the others last. @returns how many */
async function repeat(server, cases, run, wrong) {
  let ended = cases.length === 0;
  let count = 0;
  run.on('done', () => {
    ended = true;
  });
  while (!ended) {
    const {request, check} = cases[count++ % cases.length];
    wrong.push(...check(await server.send(request)));
  }
  return count;
}
