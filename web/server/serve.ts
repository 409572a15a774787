import {once} from 'node:events';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {networkInterfaces} from 'node:os';
import path from 'node:path';
import compression from 'compression';
import {ISOLATION} from '../offline/isolation';
import {refuse, requestedPath, sendFile} from './answer.js';
import {readMirror} from './mirror.js';

/** The folder that buildWeb writes; the bundle of this file, build/web-server/index.js, is as deep below the root. */
export const builtPage = path.resolve(import.meta.dirname, '../../build/web');

export interface ServeOptions {
  /** Default: 0, any that is free. */
  port?: number;
  /** An address of this machine, or true for all of them. Default: 127.0.0.1. */
  host?: string | true;
  /** A folder with MNIST, which the page is then given. */
  mnist?: string;
  /** The folder of the page as it is built. Default: that of buildWeb. */
  page?: string;
}

export interface WebServer {
  url: string;
  /** All addresses, the first of them `url`. */
  urls: string[];
  close(): Promise<void>;
}

/** Its types are Express's, of which it needs nothing: the page has 9 MB, and a third of that with gzip. */
const compress = compression() as unknown as (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

/**
 * Serves the page as it is built, with MNIST where a folder is named: config.json tells the page of it.
 *
 * @throws MnistError where the folder is no MNIST folder.
 * @throws Error where the server cannot listen there.
 */
export async function serveWeb({
  port = 0,
  host = '127.0.0.1',
  mnist,
  page = builtPage,
}: ServeOptions = {}): Promise<WebServer> {
  const mirror = mnist === undefined ? undefined : await readMirror(mnist);
  const server = createServer((request, response) => {
    compress(request, response, () => {
      answer({mirror, page}, request, response).catch(() => refuse(response, 500));
    });
  });
  await listen(server, port, host);
  const urls = addresses(server, host);
  return {url: urls[0], urls, close: () => close(server)};
}

async function listen(server: Server, port: number, host: string | true): Promise<void> {
  server.listen(port, host === true ? undefined : host);
  // It throws what the server says instead.
  await once(server, 'listening');
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
}

function addresses(server: Server, host: string | true): string[] {
  const {port} = server.address() as AddressInfo;
  const url = (name: string) => `http://${name.includes(':') ? `[${name}]` : name}:${port}/`;
  if (host !== true) return [url(host)];
  const all = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const outside = all.filter(({family, internal}) => family === 'IPv4' && !internal);
  return [url('localhost'), ...outside.map(({address}) => url(address))];
}

/** The static files; where MNIST is, and MNIST. */
async function answer(
  {mirror, page}: {mirror: Map<string, Uint8Array> | undefined; page: string},
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const pathname = requestedPath(request.url);
  if (pathname === undefined) return refuse(response, 400);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  setHeaders(request, response, pathname);
  const [, name] = /^\/mnist\/([\w.-]+)$/.exec(pathname) ?? [];
  const body = name && mirror?.get(name);
  if (pathname === '/config.json' && mirror) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({mnist: 'mnist/'}));
  } else if (body) {
    // Not as a content-encoding: the page unzips it, as it does what other mirrors send.
    response.setHeader('content-type', 'application/gzip');
    response.setHeader('content-length', body.length);
    response.setHeader('cache-control', 'public, max-age=604800');
    response.end(body);
  } else await sendFile(page, pathname, request, response);
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Files with a hash in their names never change; the others are asked for again. */
function setHeaders(request: IncomingMessage, response: ServerResponse, pathname: string): void {
  const immutable = pathname.startsWith('/assets/');
  response.setHeader('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  // Browsers ignore them on plain http from another machine, and warn of it.
  if (LOOPBACK.test(request.headers.host ?? '')) {
    for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
  }
}
