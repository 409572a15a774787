import {chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {serveWeb, type WebServer} from './serve';

let folder: string;
let server: WebServer;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mnist-wasm-serve-'));
  const page = path.join(folder, 'page');
  mkdirSync(path.join(page, 'assets'), {recursive: true});
  mkdirSync(path.join(page, 'folder'));
  writeFileSync(path.join(page, 'index.html'), '<title>the page</title>');
  writeFileSync(path.join(page, 'assets', 'a b.js'), 'export {};');
  writeFileSync(path.join(page, '.hidden'), 'hidden');
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  symlinkSync(path.join(folder, 'secret.txt'), path.join(page, 'link.txt'));
  symlinkSync(folder, path.join(page, 'up'));
  symlinkSync('index.html', path.join(page, 'inside.html'));
  server = await serveWeb({page});
});
afterEach(async () => {
  await server.close();
  rmSync(folder, {recursive: true});
});

/** Sends bytes as they are, which no client library would, and takes what comes until the server closes. */
function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    // Half a request has an end; after a whole one the answer is waited for.
    if (request.endsWith('\r\n\r\n')) socket.write(request, 'latin1');
    else socket.end(request, 'latin1');
  });
}

const get = (target: string, method = 'GET') =>
  raw(`${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
const status = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

it.each([
  'http://[',
  'http://[/',
  'http://',
  'HTTP://x',
  '//',
  '//x',
  '///etc/passwd',
  '*',
  'x',
  '/%',
  '/%zz',
  '/%ff',
  '/%c0%ae%c0%ae/',
  '/%00',
  '/index.html%00.png',
  '/..',
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..%5csecret.txt',
  '/a%0d%0aSet-Cookie:x',
  'javascript:alert(1)',
])('answers %s with 400, and nothing of its machine', async (target) => {
  const answer = await get(target);
  expect(status(answer)).toBe(400);
  expect(answer).not.toMatch(/node_modules|at .*\(|\/tmp|\/home|secret|Error/);
  expect(await (await fetch(server.url)).text()).toContain('the page');
});

it('goes on after what is no HTTP, and after bytes that no target may have', async () => {
  const requests = ['\x16\x03\x01\x02\x00', 'GET', 'GET / HTTP/9\r\n\r\n', 'GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n'];
  for (const request of [
    ...requests,
    `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
    'CONNECT [ HTTP/1.1\r\nHost: x\r\n\r\n',
  ]) {
    expect(await raw(request).catch(() => '')).not.toMatch(/node_modules|\/tmp|Error:/);
    expect((await fetch(server.url)).status).toBe(200);
  }
});

it('serves what the page has, and no more: no folders, no hidden files, no links that lead out', async () => {
  const at = async (target: string) => status(await get(target));
  for (const target of ['/', '/index.html', '/?a=%', '/assets/a%20b.js', '/inside.html', 'http://x/index.html']) {
    expect(await at(target), target).toBe(200);
  }
  for (const target of [
    '/nothing',
    '/link.txt',
    '/up/secret.txt',
    '/up/',
    '/.hidden',
    '/folder',
    '/folder/',
    '/index.html/x',
  ]) {
    expect(await at(target), target).toBe(404);
  }
  expect(await get('/folder')).not.toContain('folder');
});

it('answers HEAD without a body, and no other methods', async () => {
  expect(await get('/', 'HEAD')).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*\r\n\r\n$/);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) expect(status(await get('/', method))).toBe(405);
});

it('zips what shrinks', async () => {
  const script = 'export {};\n'.repeat(1000);
  writeFileSync(path.join(folder, 'page', 'long.js'), script);
  const answer = await fetch(`${server.url}long.js`);
  expect(answer.headers.get('content-encoding')).toMatch(/^(gzip|br)$/);
  expect(await answer.text()).toBe(script);
});

it('has types, and what changes is asked for again', async () => {
  const page = await fetch(server.url);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(page.headers.get('cache-control')).toBe('no-cache');
  const known = `If-None-Match: ${page.headers.get('etag')}`;
  expect(status(await raw(`GET / HTTP/1.1\r\nHost: x\r\n${known}\r\nConnection: close\r\n\r\n`))).toBe(304);
  const script = await fetch(`${server.url}assets/a%20b.js`);
  expect(script.headers.get('content-type')).toMatch(/javascript/);
  expect(script.headers.get('cache-control')).toContain('immutable');
});

it.skipIf(process.getuid?.() === 0)('goes on after a file that it may not read', async () => {
  chmodSync(path.join(folder, 'page', 'index.html'), 0);
  expect(status(await get('/'))).toBe(500);
  expect(status(await get('/assets/a%20b.js'))).toBe(200);
});
