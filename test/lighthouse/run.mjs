#!/usr/bin/env node
/**
 * The command: Lighthouse on the built page, as of a laptop and as of a phone. Exits with 0 where the page is as good as it
 * is to be, 1 where it is not, 2 where the run could not begin. `--json FOLDER` keeps Lighthouse's reports.
 */
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {launch} from '../browser/launch.mjs';

/** The least of each category, of 100. The processor is not slowed down: how fast it is shows in the performance. */
const LEAST = {performance: 90, accessibility: 100, 'best-practices': 100, seo: 100};
const MOST_SHIFT = 0.1;

const SCREENS = {
  laptop: {
    formFactor: 'desktop',
    screenEmulation: {mobile: false, width: 1366, height: 768, deviceScaleFactor: 1, disabled: false},
  },
  phone: {
    formFactor: 'mobile',
    screenEmulation: {mobile: true, width: 360, height: 780, deviceScaleFactor: 2, disabled: false},
  },
};

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const {json} = parseArgs({options: {json: {type: 'string'}}}).values;

if (!existsSync(path.join(root, 'build/web/index.html'))) {
  console.error("error: there is no page in build/web; run 'npm run web:build'");
  process.exit(2);
}
if (!existsSync(path.join(here, 'node_modules/lighthouse'))) {
  console.log('Installing Lighthouse, 190 MB, into test/lighthouse ...');
  const {status} = spawnSync('npm', ['ci', '--prefix', here, '--ignore-scripts', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(2);
}
// By its file: it is none of the project's own dependencies.
const {default: lighthouse} = await import(path.join(here, 'node_modules/lighthouse/core/index.js'));

const {url, stop} = await serve();
const browser = await launch('chromium');
const checks = [];
try {
  const installability = await installabilityErrors(url);
  check('the page can be installed', installability.length === 0, installability.join(', '));
  for (const [screen, settings] of Object.entries(SCREENS)) await audit(screen, settings);
} finally {
  await browser.close();
  stop();
}
const failed = checks.filter(({passed}) => !passed).length;
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function audit(screen, settings) {
  const {lhr} = await lighthouse(
    url,
    {port: Number(new URL(browser.wsEndpoint()).port), logLevel: 'error'},
    {extends: 'lighthouse:default', settings: {...settings, throttlingMethod: 'provided'}},
  );
  if (json) {
    mkdirSync(json, {recursive: true});
    writeFileSync(path.join(json, `${screen}.json`), JSON.stringify(lhr, null, 2));
  }
  // Nothing was measured then, on a machine that is too busy for one.
  if (lhr.runtimeError) return check(`${screen}: measured`, false, lhr.runtimeError.message);
  for (const [id, least] of Object.entries(LEAST)) {
    const {score, auditRefs} = lhr.categories[id];
    const points = Math.round(100 * score);
    const lost = auditRefs
      .map((ref) => ({...ref, ...lhr.audits[ref.id]}))
      .filter((one) => one.weight > 0 && one.score !== null && one.score < 1)
      .map(({title, displayValue}) => (displayValue ? `${title}: ${displayValue}` : title));
    check(`${screen}: ${id} ${points} of 100, at least ${least}`, points >= least, lost.join('; '));
  }
  const shift = lhr.audits['cumulative-layout-shift'].numericValue ?? Number.NaN;
  check(`${screen}: layout shift ${shift.toFixed(3)}, below ${MOST_SHIFT}`, shift < MOST_SHIFT, '');
}

function check(title, passed, details) {
  checks.push({title, passed});
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${title}${details ? ` (${details})` : ''}`);
}

/** Why Chromium would not offer to install the page. */
async function installabilityErrors(address) {
  const page = await browser.newPage();
  await page.goto(address);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const session = await page.createCDPSession();
  const {installabilityErrors: errors} = await session.send('Page.getInstallabilityErrors');
  await page.close();
  return errors.map(({errorId}) => errorId);
}

/** The project's own server, with the headers that it sends. */
async function serve() {
  const port = await freePort();
  const server = spawn(process.execPath, ['scripts/web.mjs', '--no-build', '--port', String(port)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    server.stdout.on('data', (text) => String(text).includes('The page is at') && resolve());
    server.once('exit', (code) => reject(new Error(`the server ended with code ${code}`)));
  });
  return {url: `http://localhost:${port}/`, stop: () => server.kill()};
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const {port} = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
