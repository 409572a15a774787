/** The suite in a browser: in a module worker of an isolated page, and in a service worker. */
import {cpSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {build} from 'esbuild';
import {openPage} from '../browser/open.mjs';
import {serve} from '../browser/serve.mjs';
import {failedReport} from './project/suite.mjs';

const KINDS = ['worker', 'service worker'];
const LIMIT_SECONDS = 120;

/** Bundles the page and its workers, as an application does, in a folder with the fixture beside them. */
export async function bundlePages(project) {
  const outdir = path.join(project, 'pages');
  await build({
    absWorkingDir: path.join(project, 'browser'),
    entryPoints: ['page.mjs', 'worker.mjs', 'service-worker.mjs'],
    outdir,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    external: ['/fixture/*'],
    logLevel: 'error',
  });
  cpSync(path.join(project, 'browser/index.html'), path.join(outdir, 'index.html'));
  cpSync(path.join(project, 'fixture'), path.join(outdir, 'fixture'), {recursive: true});
  return outdir;
}

/**
 * @param {number} threads how many are to compute in the module worker
 * @returns {Promise<{version: string, reports: Record<string, import('./project/suite.mjs').Report>}>}
 */
export async function runInBrowser(name, folder, threads) {
  const server = await serve(folder);
  const reports = {};
  let page;
  try {
    const heard = new Promise((resolve) => {
      const message = ({kind, report}) => {
        reports[kind] = report;
        if (KINDS.every((one) => reports[one])) resolve('its end');
      };
      server.hear('0', {message, closed: () => resolve('a lost connection: the page crashed')});
    });
    const job = encodeURIComponent(JSON.stringify({id: '0', isolated: true, threads}));
    page = await openPage(name, `${server.url}?job=${job}`);
    const silence = sleep(LIMIT_SECONDS * 1000, `silence for ${LIMIT_SECONDS} seconds`, {ref: false});
    const end = await Promise.race([heard, page.gone, silence]);
    for (const kind of KINDS) reports[kind] ??= failedReport('runs to its end', `the page ended by ${end}`);
    return {version: page.version, reports};
  } finally {
    await page?.close();
    await server.close();
  }
}
