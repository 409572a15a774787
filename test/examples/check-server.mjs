/** The checks of a server. Each is a name and what is wrong, if anything. */
import {once} from 'node:events';
import {connect} from 'node:net';
import {badRequests, plainRequests, unusualRequests} from './requests.mjs';

/** Weights of colours are no binary fractions. */
const TOLERANCE = 1e-6;
const AT_ONCE = 8;

/**
 * @param {import('./servers.mjs').Server} server
 * @param {{images: Uint8Array[], read: (pixels: number[]) => {label: number, probabilities: number[]}}} means
 * @param {(name: string, wrong: string[]) => void} result
 */
export async function checkServer(server, {images, read}, result) {
  const wrongOf = async (request, check) =>
    (await check(await server.send(request))).map((text) => `${request.name}: ${text}`);
  const all = images.flatMap((image) => plainRequests(image));
  const exactly = (request) => wrongOf(request, (answer) => wrongPrediction(answer, read(request.pixels), 0));
  result(
    `${images.length} images, as numbers and as PNG, have the labels and the bits of Node`,
    await inTurn(all, exactly),
  );
  for (const request of unusualRequests(images[0]))
    result(
      `reads ${request.name}`,
      await wrongOf(request, (answer) => wrongPrediction(answer, read(request.pixels), TOLERANCE)),
    );
  for (const request of badRequests(images[0]))
    result(
      `refuses ${request.name} with ${request.status}`,
      await wrongOf(request, (answer) => wrongRefusal(answer, request)),
    );
  if (server.origin) {
    result('refuses a large body of no announced length with 413', await sendUnannounced(server.origin));
    await breakOff(server.origin);
  }
  const after = await exactly(all[0]);
  const printed = server.output();
  result('answers as before after all that, and has printed nothing', [...after, ...(printed ? [printed] : [])]);
}

/** Several at a time, as clients are. */
async function inTurn(requests, check) {
  const wrong = [];
  const rest = requests.values();
  await Promise.all(
    Array.from({length: AT_ONCE}, async () => {
      for (const request of rest) wrong.push(...(await check(request)));
    }),
  );
  return wrong;
}

export function wrongPrediction({status, headers, text}, expected, tolerance) {
  if (status !== 200) return [`${status} ${text}`];
  const {label, probabilities} = JSON.parse(text);
  const off = Math.max(...expected.probabilities.map((value, i) => Math.abs(value - probabilities[i])));
  return failed({
    [`label ${label}; expected ${expected.label}`]: label === expected.label,
    [`off by ${off}: [${probabilities}]`]: probabilities.length === 10 && off <= tolerance,
    ...wrongHeaders(headers),
  });
}

export function wrongRefusal({status, headers, text}, request) {
  if (status !== request.status) return [`${status} ${text}`];
  const checks = wrongHeaders(headers);
  if (request.method !== 'HEAD') {
    const content = JSON.parse(text);
    checks[`not an error alone: ${text}`] =
      Object.keys(content).join() === 'error' && request.reason.test(content.error);
    checks[`tells of the code: ${text}`] = !/\bat .*:\d+|node_modules|\.js\b/.test(text);
  }
  if (status === 405) checks[`Allow is ${headers.get('allow')}`] = headers.get('allow') === 'POST';
  return failed(checks);
}

const wrongHeaders = (headers) => ({
  [`the type is ${headers.get('content-type')}`]: headers.get('content-type') === 'application/json',
});

const failed = (checks) => Object.keys(checks).filter((name) => !checks[name]);

async function sendUnannounced(origin) {
  const body = new Blob([new Uint8Array(200_000)]).stream();
  const {status} = await fetch(`${origin}/predict`, {method: 'POST', body, duplex: 'half'});
  return status === 413 ? [] : [`${status}`];
}

/** Connections that end in the middle of a request. */
async function breakOff(origin) {
  const {hostname, port} = new URL(origin);
  for (const text of [
    'POST /predict HTTP/1.1\r\nHost: a\r\nContent-Le',
    'POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n[0, 0',
    'POST /predict HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n[0, 0',
  ]) {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    await new Promise((resolve) => socket.write(text, resolve));
    socket.destroy();
    await once(socket, 'close');
  }
}
