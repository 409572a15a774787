/** The examples that answer requests, started as their READMEs tell, and asked in one way. */
import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {freePort} from '../browser/free-port.mjs';
import {build, listen} from '../bundlers/project.mjs';

/**
 * @typedef {object} Server
 * @property {(request: import('./requests.mjs').Request) => Promise<{status: number, headers: Headers, text: string}>} send
 * @property {() => string} output what it printed since it was ready
 * @property {() => Promise<void>} stop
 * @property {string} [origin] where it listens, and
 * @property {number} [pid] its process, where it is one of its own
 */

/** @type {Record<string, (project: string) => Promise<Server>>} by the example's folder */
export const SERVERS = {
  'node-server': (project) => startNode(project),
  'edge-worker': async (project) => {
    await build(project);
    return startWorkerd(project);
  },
  lambda: (project) => callHandler(project),
};

export async function startNode(project) {
  const port = await freePort();
  return start(process.execPath, ['server.js'], project, {port, variables: {PORT: `${port}`}});
}

export async function startWorkerd(project) {
  // The program itself: what npm puts into .bin is Node, which starts it.
  const {default: program} = createRequire(path.join(project, 'x.js'))('workerd');
  const port = await freePort();
  return start(program, ['serve', 'config.capnp', `--socket-addr=http=127.0.0.1:${port}`], project, {port});
}

/** @returns {Promise<Server>} once it answers */
async function start(program, args, project, options) {
  const server = await listen(program, args, project, options);
  const before = server.output().length;
  // The address, which it may print only after it answers.
  const address = `${server.origin}/predict\n`;
  const output = () => server.output().slice(before).replace(address, '');
  return {...server, output, send: sendTo(server.origin)};
}

function sendTo(origin) {
  return async ({method, path: where, body}) => {
    const response = await fetch(origin + where, {method, body: body || undefined});
    return {status: response.status, headers: response.headers, text: await response.text()};
  };
}

/** As API Gateway calls it; what it writes to the console is kept. */
async function callHandler(project) {
  const {handler} = await import(pathToFileURL(path.join(project, 'index.js')));
  let printed = '';
  const send = async (request) => {
    const {error} = console;
    console.error = (...values) => {
      printed += `${values.map((value) => value?.stack ?? value).join(' ')}\n`;
    };
    try {
      const {statusCode, headers, body} = await handler(toEvent(request));
      return {status: statusCode, headers: new Headers(headers), text: request.method === 'HEAD' ? '' : body};
    } finally {
      console.error = error;
    }
  };
  return {send, output: () => printed, stop: async () => {}};
}

/** An event of payload format 2.0; a body that is no text is in base64. */
export function toEvent({method, path: where, body}) {
  const [rawPath, rawQueryString = ''] = where.split('?');
  const isBase64Encoded = Buffer.isBuffer(body);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: {'content-type': 'application/octet-stream'},
    requestContext: {http: {method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1'}},
    ...(body ? {body: isBase64Encoded ? body.toString('base64') : body} : {}),
    isBase64Encoded,
  };
}
