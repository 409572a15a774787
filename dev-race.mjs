import {preview} from 'vite';
import {launch} from './test/browser/launch.mjs';
const name = process.argv[2] ?? 'chromium';
const backends = (process.argv[3] ?? '').split(',').filter(Boolean);
const server = await preview({configFile: 'web/vite.config.ts', logLevel: 'error', preview: {host: '127.0.0.1', port: 0}});
const browser = await launch(name, {args: (process.argv[4] ?? '').split(' ').filter(Boolean)});
try {
  const page = await browser.newPage();
  page.on('console', (m) => console.log('console', m.type(), m.text()));
  page.on('pageerror', (e) => console.log('pageerror', e.message));
  await page.setViewport({width: 1280, height: 1000});
  await page.goto(server.resolvedUrls.local[0]);
  await page.waitForFunction(() => [...document.querySelectorAll('button')].some((b) => b.textContent.includes('Start the race') && !b.disabled), {timeout: 60000});
  console.log(await page.$eval('#backend-notes', (e) => e.textContent));
  const start = Date.now();
  await page.evaluate(() => [...document.querySelectorAll('button')].find((b) => b.textContent.includes('Start the race')).click());
  await new Promise((r) => setTimeout(r, 4500));
  await page.screenshot({path: `/tmp/race/${name}-running.png`, fullPage: true});
  await page.waitForFunction(() => [...document.querySelectorAll('button')].some((b) => b.textContent.includes('Start the race')), {timeout: 300000});
  console.log('seconds', (Date.now() - start) / 1000);
  console.log(await page.$eval('#race', (e) => e.innerText));
  await page.screenshot({path: `/tmp/race/${name}-1280.png`, fullPage: true});
  await page.setViewport({width: 360, height: 800});
  await page.emulateMediaFeatures?.([{name: 'prefers-color-scheme', value: 'dark'}]).catch(() => {});
  await page.screenshot({path: `/tmp/race/${name}-360.png`, fullPage: true});
} finally { await browser.close(); await server.close(); }
