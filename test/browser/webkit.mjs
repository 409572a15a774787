/**
 * Opens pages in WebKit, Safari's engine, as Debian has it: WebKitGTK's MiniBrowser, driven by WebKitWebDriver over three
 * calls of the W3C's WebDriver protocol. It has no headless mode, so without a display it gets one from Xvfb.
 */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {setTimeout as sleep} from 'node:timers/promises';
import {freePort} from './free-port.mjs';
import {NoBrowserError} from './launch.mjs';

const DRIVER = '/usr/bin/WebKitWebDriver';
const DISPLAY_SERVER = '/usr/bin/Xvfb';
/** Milliseconds for each call; loading a page is one. */
const CALL_LIMIT = 60_000;

/** @throws NoBrowserError */
export function findWebKit() {
  const needed = hasDisplay() ? [DRIVER] : [DRIVER, DISPLAY_SERVER];
  const missing = needed.filter((file) => !existsSync(file));
  if (missing.length === 0) return;
  throw new NoBrowserError(
    `No WebKit: ${missing.join(' and ')} not there. Install it (Debian: apt-get install webkit2gtk-driver xvfb).`,
  );
}

/** As `openPage` in open.mjs. */
export async function openInWebKit(url) {
  findWebKit();
  const programs = [];
  const close = () => programs.forEach(end);
  try {
    const display = hasDisplay() ? process.env.DISPLAY : await startDisplay(programs);
    const port = await freePort();
    const driver = start(programs, DRIVER, [`--port=${port}`], {env: {...process.env, DISPLAY: display}});
    const gone = once(driver, 'exit').then(() => 'the end of its driver');
    const call = caller(`http://127.0.0.1:${port}`);
    await waitUntilReady(call);
    const {sessionId, capabilities} = await call('POST', '/session', {capabilities: {alwaysMatch: {}}});
    // Not awaited: it is answered when the page has loaded, and one that hangs never has.
    const opened = call('POST', `/session/${sessionId}/url`, {url}).then(() => gone, String);
    return {version: capabilities.browserVersion, gone: Promise.race([gone, opened]), close};
  } catch (error) {
    close();
    throw error;
  }
}

function hasDisplay() {
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Starts a display server, which picks a free number and tells it. */
async function startDisplay(programs) {
  const server = start(
    programs,
    DISPLAY_SERVER,
    ['-displayfd', '3', '-nolisten', 'tcp', '-screen', '0', '800x600x24'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const [number] = await Promise.race([
    once(createInterface({input: server.stdio[3]}), 'line'),
    once(server, 'exit').then(() => Promise.reject(new Error('Xvfb ended at its start'))),
  ]);
  return `:${number}`;
}

/** Starts a program in a process group of its own, in which its children are too. */
function start(programs, file, args, options) {
  const program = spawn(file, args, {stdio: 'ignore', detached: true, ...options});
  programs.unshift(program);
  return program;
}

function end({pid}) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function caller(base) {
  return async (method, path, body) => {
    const signal = AbortSignal.timeout(CALL_LIMIT);
    const response = await fetch(base + path, {method, body: body && JSON.stringify(body), signal});
    const {value} = await response.json();
    if (!response.ok) throw new Error(`WebDriver: ${value.error}: ${value.message}`);
    return value;
  };
}

async function waitUntilReady(call) {
  for (const end = Date.now() + CALL_LIMIT; ; await sleep(50)) {
    try {
      if ((await call('GET', '/status')).ready) return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
