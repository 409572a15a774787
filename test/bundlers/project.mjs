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

/**
 * Starts Node with a script of a project that serves on --port.
 * @returns {Promise<{origin: string, output(): string, stop(): Promise<void>}>}
 */
export async function startServer(project, [script, ...args]) {
  const port = await freePort();
  const child = spawn(process.execPath, [script, ...args, '--hostname', '127.0.0.1', '--port', `${port}`], {
    cwd: project,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const ended = new Promise((resolve) => child.on('close', resolve));
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill();
    await ended;
  };
  for (let second = 0; child.exitCode === null && second < START_SECONDS; second++) {
    if (await answers(port)) return {origin, output, stop};
    await sleep(1000);
  }
  await stop();
  throw new CommandError(`${script} did not start:\n${output()}`);
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

async function answers(port) {
  try {
    await fetch(`http://127.0.0.1:${port}/icon.svg`);
    return true;
  } catch {
    return false;
  }
}
