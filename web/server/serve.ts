import path from 'node:path';
import {build, type Connect, type PreviewServer, preview} from 'vite';
import {ISOLATION} from '../offline/isolation';
import {readMirror} from './mirror.js';

/** As deep below the root as the bundle of this file, build/web-server/index.js. */
const root = path.resolve(import.meta.dirname, '../..');
const configFile = path.join(root, 'web/vite.config.ts');

/** The folder that serveWeb serves. */
export const builtPage = path.join(root, 'build/web');

export interface ServeOptions {
  /** Default: 0, any that is free. */
  port?: number;
  /** An address of this machine, or true for all of them. Default: 127.0.0.1. */
  host?: string | true;
  /** A folder with MNIST, which the page is then given. */
  mnist?: string;
}

export interface WebServer {
  url: string;
  /** All addresses, the first of them `url`. */
  urls: string[];
  close(): Promise<void>;
}

/** Builds the page, of what is in dist/, into build/web. */
export async function buildWeb(): Promise<void> {
  await build({configFile, logLevel: 'warn'});
}

/**
 * Serves the page as it is built, with MNIST where a folder is named: config.json tells the page of it.
 *
 * @throws MnistError where the folder is no MNIST folder.
 * @throws Error where the server cannot listen there.
 */
export async function serveWeb({port = 0, host = '127.0.0.1', mnist}: ServeOptions = {}): Promise<WebServer> {
  const mirror = mnist === undefined ? undefined : await readMirror(mnist);
  const server = await preview({
    configFile,
    logLevel: 'silent',
    preview: {
      port,
      host,
      strictPort: true,
      // A machine in a classroom has many names, and there is nothing here that another site could want.
      allowedHosts: true,
    },
    plugins: [
      {name: 'answers', configurePreviewServer: ({middlewares}) => void middlewares.use(headers).use(answers(mirror))},
    ],
  });
  const urls = addresses(server);
  return {url: urls[0], urls, close: () => server.close()};
}

function addresses({resolvedUrls}: PreviewServer): string[] {
  return resolvedUrls ? [...resolvedUrls.local, ...resolvedUrls.network] : [];
}

/** What differs from the static files: where MNIST is, and MNIST. */
function answers(mirror: Map<string, Uint8Array> | undefined): Connect.NextHandleFunction {
  return (request, response, next) => {
    const {pathname} = new URL(request.url ?? '/', 'http://page');
    const [, name] = /^\/mnist\/([\w.-]+)$/.exec(pathname) ?? [];
    const body = name && mirror?.get(name);
    if (pathname === '/config.json' && mirror) {
      response.setHeader('content-type', 'application/json');
      response.setHeader('cache-control', 'no-cache');
      response.end(JSON.stringify({mnist: 'mnist/'}));
    } else if (body) {
      // Not as a content-encoding: the page unzips it, as it does what other mirrors send.
      response.setHeader('content-type', 'application/gzip');
      response.setHeader('content-length', body.length);
      response.setHeader('cache-control', 'public, max-age=604800');
      response.end(body);
    } else next();
  };
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Files with a hash in their names never change; the others are asked for again. */
const headers: Connect.NextHandleFunction = (request, response, next) => {
  const immutable = request.url?.startsWith('/assets/');
  response.setHeader('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  // Browsers ignore them on plain http from another machine, and warn of it.
  if (LOOPBACK.test(request.headers.host ?? '')) {
    for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
  }
  next();
};
