/** Runs cases on a pair of backends as it is asked to; see protocol.ts. */
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {engine, env, setBackend} from '@tensorflow/tfjs-core';
import {featureLevel} from 'mnist-wasm';
import {allCases} from '../cases';
import {runPair} from './pair';
import type {Reply, Request, Setup} from './protocol';
import {runRandom} from './random';

const setup: Setup = JSON.parse(process.argv[2]);

// The engine checks each kernel for leaks.
env().set('IS_TEST', true);
process.on('disconnect', () => process.exit());
process.on('message', (request: Request) => reply(() => answer(request)));
await reply(start);

async function reply(work: () => Promise<Reply>): Promise<void> {
  await send(await work().catch((error: Error): Reply => ({type: 'error', message: error.message})));
}

/** Resolves when the message is on its way, whatever comes next. */
function send(message: Reply): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

async function start(): Promise<Reply> {
  for (const specifier of setup.imports) await importModule(specifier);
  const known = Object.keys(engine().registryFactory);
  for (const name of [setup.backend, setup.against]) {
    if (!known.includes(name)) throw new Error(`unknown backend '${name}'; registered: ${known.join(', ')}`);
    if (!(await setBackend(name))) throw new Error(`the backend '${name}' does not start`);
  }
  return {type: 'ready', featureLevel: featureLevel()};
}

async function importModule(specifier: string): Promise<void> {
  const isPath = /^\.{0,2}\//.test(specifier);
  try {
    await import(isPath ? pathToFileURL(path.resolve(specifier)).href : specifier);
  } catch (error) {
    throw new Error(`cannot import '${specifier}': ${(error as Error).message}`);
  }
}

async function answer(request: Request): Promise<Reply> {
  const started = (backend: string, path?: string) => send({type: 'running', backend, path});
  if (request.type === 'random') return {type: 'random', outcome: await runRandom(request, setup, started)};
  const {cause: _, ...outcome} = await runPair(allCases[request.index], setup, started);
  return {type: 'case', outcome};
}
