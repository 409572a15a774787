/**
 * Serves what a bundler built, under a strict policy, and keeps an account that holds for pages and workers of any
 * browser: which requests came, and which violations of the policy were reported.
 */
import {preview} from 'vite';

const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
/** Where the policy has browsers report to; fixtures/next/proxy.js names it too. */
const REPORTS = '/csp-report';

/**
 * @param {string} root the folder that is served
 * @param {string} [origin] another server's, whose answers are passed on as they are, its own policy included
 * @returns {Promise<{url: string, requests: {path: string, status: number}[], violations: string[], close(): Promise<void>}>}
 */
export async function serve(root, origin) {
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
      headers: {'Content-Security-Policy': `${POLICY}; report-uri ${REPORTS}`},
      proxy: origin && {'/': {target: origin}},
    },
    plugins: [{name: 'account', configurePreviewServer: ({middlewares}) => void middlewares.use(account)}],
  });
  return {url: server.resolvedUrls.local[0], requests, violations, close: () => server.close()};
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
