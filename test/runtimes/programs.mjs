/** The programs of the runtimes that come from npm, in the versions of programs/package-lock.json. */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {npm} from '../bundlers/project.mjs';

const folder = path.join(import.meta.dirname, 'programs');
const modules = path.join(folder, 'node_modules');
const suffix = process.platform === 'win32' ? '.exe' : '';

/** Installs them unless they are there; without their install scripts, which only copy what is there. */
export async function installPrograms() {
  if (!isInstalled()) await npm(['ci', '--ignore-scripts'], folder);
}

/** npm keeps a copy of the lockfile with what it has installed. */
function isInstalled() {
  const installed = path.join(modules, '.package-lock.json');
  if (!existsSync(installed)) return false;
  const packages = readPackages(installed);
  const locked = Object.entries(readPackages(path.join(folder, 'package-lock.json')));
  return locked.every(([name, {version, optional}]) => {
    if (name === '') return true;
    return packages[name] ? packages[name].version === version : optional;
  });
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** Node of a major version. */
export function nodeProgram(major) {
  return find(path.join(`node-${major}-${process.platform}-${process.arch}`, 'bin'), 'node');
}

export const denoProgram = () => findOfPlatform('@deno', '', 'deno');
export const bunProgram = () => findOfPlatform('@oven', 'bin', 'bun');
export const workerdProgram = () => findOfPlatform('@cloudflare', 'bin', 'workerd');

/** In the one package of a scope that npm has installed: that of this platform. */
function findOfPlatform(scope, subfolder, name) {
  const scopeFolder = path.join(modules, scope);
  const [own] = existsSync(scopeFolder) ? readdirSync(scopeFolder) : [];
  return own && find(path.join(scope, own, subfolder), name);
}

/** @returns {string | undefined} */
function find(subfolder, name) {
  const file = path.join(modules, subfolder, name + suffix);
  return existsSync(file) ? file : undefined;
}
