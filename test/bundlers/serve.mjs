/**
 * Serves what a bundler built, under a strict policy, and keeps an account that holds for pages and workers of any
 * browser: which requests came, and which violations of the policy were reported.
 */
import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {preview} from 'vite';

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
/** A page's threads are workers of blob: URLs. */
const WORKERS = "'self' blob:";
/** Without these a page gets no shared memory, and its backend no threads. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
/** The one script that no page can have in a file of its own. */
const IMPORT_MAP = /<script type="importmap">(.*?)<\/script>/s;
/** Where the policy has browsers report to; fixtures/next/proxy.js names it too. */
const REPORTS = '/csp-report';

/**
 * @param {string} root the folder that is served
 * @param {{origin?: string, workers?: string}} [options] origin: another server's, whose answers are passed on as they are,
 *   its own policy included; workers: where the policy lets workers come from
 * @returns {Promise<{url: string, requests: {path: string, status: number}[], violations: string[], close(): Promise<void>}>}
 */
export async function serve(root, {origin, workers = WORKERS} = {}) {
  const policy = `${POLICY}${importMapSource(root)}; worker-src ${workers}; report-uri ${REPORTS}`;
  const requests = [];
  const violations = [];
  const account = (request, response, next) => {
    if (request.url === REPORTS) return receive(request, response, violations);
    response.on('finish', () => requests.push({path: request.url, status: response.statusCode}));
    next();
  };
  const server = await preview({
    configFile: false,
    envFile: false,
    logLevel: 'error',
    root,
    // Without a fallback: what is not there is a 404.
    appType: 'mpa',
    build: {outDir: '.'},
    preview: {
      host: '127.0.0.1',
      headers: {'Content-Security-Policy': policy, ...ISOLATION},
      proxy: origin && {'/': {target: origin}},
    },
    plugins: [{name: 'account', configurePreviewServer: ({middlewares}) => void middlewares.use(account)}],
  });
  return {url: server.resolvedUrls.local[0], requests, violations, close: () => server.close()};
}

/** The source by which the policy allows the import map of a page, where there is one: its hash. */
function importMapSource(root) {
  const page = path.join(root, 'index.html');
  const [, map] = (existsSync(page) && IMPORT_MAP.exec(readFileSync(page, 'utf8'))) || [];
  return map ? ` 'sha256-${createHash('sha256').update(map).digest('base64')}'` : '';
}

async function receive(request, response, violations) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const report = JSON.parse(body)['csp-report'];
  violations.push(
    `${report['violated-directive']} forbids ${report['blocked-uri']} (${report['source-file'] ?? report['document-uri']})`,
  );
  response.writeHead(204).end();
}
