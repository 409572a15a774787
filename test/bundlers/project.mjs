/** A fixture as a project of its own: outside of this checkout, so that nothing of it is found by accident. */
import {spawn} from 'node:child_process';
import {cpSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {stripVTControlCharacters} from 'node:util';
import {freePort} from '../browser/free-port.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const START_SECONDS = 60;

/** A command ended with another code than 0; the message has what it printed. */
export class CommandError extends Error {}

/** Packs the package as it was built. @returns the tarball */
export async function pack(folder) {
  const output = await npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root);
  return path.join(folder, output.trim().split('\n').at(-1));
}

/**
 * Installs what the lockfile says and then the tarball, whose checksum no lockfile can know.
 * @returns the folder of the project
 */
export async function install(name, folder, tarball) {
  const project = path.join(folder, name);
  cpSync(path.join(import.meta.dirname, 'fixtures', name), project, {recursive: true});
  cpSync(path.join(import.meta.dirname, 'shared'), path.join(project, 'shared'), {recursive: true});
  await installPackages(project, tarball);
  return project;
}

/** Into a folder with a lockfile. */
export async function installPackages(project, tarball) {
  await npm(['ci', '--ignore-scripts'], project);
  await npm(['install', '--ignore-scripts', '--no-save', tarball], project);
}

/** @returns what the bundler printed */
export function build(project) {
  return npm(['run', 'build'], project);
}

/** Starts Node with a script of a project that serves on --port. */
export async function startServer(project, [script, ...args]) {
  const port = await freePort();
  const address = ['--hostname', '127.0.0.1', '--port', `${port}`];
  return listen(process.execPath, [script, ...args, ...address], project, {port, ask: '/icon.svg'});
}

/**
 * Starts a program that serves on a port of 127.0.0.1.
 * @param {{port: number, ask?: string, variables?: Record<string, string>}} options the path that is asked for until there
 *   is an answer, whatever it says; variables of the environment over those that are set here
 * @returns {Promise<{origin: string, pid: number, output(): string, stop(): Promise<void>}>} once it answers
 * @throws CommandError if it ends, or does not answer
 */
export async function listen(program, args, cwd, {port, ask = '/', variables = {}}) {
  const child = spawn(program, args, {cwd, env: {...environment, ...variables}, stdio: ['ignore', 'pipe', 'pipe']});
  const output = collect(child);
  const ended = new Promise((resolve) => child.on('close', resolve));
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill();
    await ended;
  };
  const end = performance.now() + 1000 * START_SECONDS;
  while (child.exitCode === null && performance.now() < end) {
    if (await answers(origin + ask)) return {origin, pid: child.pid, output, stop};
    // So short because the time of a start is measured.
    await sleep(2);
  }
  await stop();
  throw new CommandError(`${program} ${args.join(' ')} did not start:\n${output()}`);
}

export const environment = {...process.env, NO_COLOR: '1', CI: '1', NEXT_TELEMETRY_DISABLED: '1'};
delete environment.FORCE_COLOR;

export function npm(args, cwd) {
  const flags = ['--no-audit', '--no-fund', '--prefer-offline'];
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, ...flags], cwd);
}

/**
 * @param {import('node:child_process').SpawnOptions} [options] over those that are set here
 * @returns what the command printed
 * @throws CommandError if it ends with another code than 0
 */
export async function run(command, args, cwd, options = {}) {
  const child = spawn(command, args, {cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'], ...options});
  const output = collect(child);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve(signal ?? status));
  });
  if (code !== 0) throw new CommandError(`${command} ${args.join(' ')} ended with ${code}:\n${output()}`);
  return output();
}

/** Both streams in the order in which they came, without colours. */
export function collect(child) {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
  }
  return () => stripVTControlCharacters(text);
}

async function answers(address) {
  try {
    await (await fetch(address)).text();
    return true;
  } catch {
    return false;
  }
}
