/**
 * One process of a run: loads test files and runs their specs in jasmine, on the built backend.
 *
 * `node --import one-core.mjs worker.mjs '{"level": ..., "files": [...], "filter": ...}'`, with the level in
 * MNIST_WASM_FEATURES too. What happens is told in lines of JSON on the file descriptor 3, at once and synchronously:
 * whatever ends the process, the parent knows what was running.
 */
import {writeSync} from 'node:fs';
import {findBackendFactory, setBackend} from '@tensorflow/tfjs-core';
import {featureLevel} from 'mnist-wasm';
import {runSpecs} from './specs.mjs';
import {coreUrl} from './suite.mjs';

const BACKEND = 'mnist-wasm';
const root = new URL('../../', import.meta.url).href;

const {level, files, filter} = JSON.parse(process.argv[2]);
await startBackend();
await runSpecs({backend: BACKEND, files, load: (file) => import(new URL(file, coreUrl)), filter, framesOf, tell});
tell({event: 'end'});
process.exit();

function tell(message) {
  writeSync(3, `${JSON.stringify(message)}\n`);
}

/** Fails where the tests would run on something else than was asked for. */
async function startBackend() {
  if (!findBackendFactory(BACKEND)) throw new Error(`${BACKEND} is not registered in the tfjs-core of the tests`);
  if (!(await setBackend(BACKEND))) throw new Error(`${BACKEND} did not start`);
  if (featureLevel() !== level) throw new Error(`the feature level is ${featureLevel()}, and not ${level}`);
}

/** The frames in the tests, this package and WebAssembly, with short paths; not jasmine's, Node's and tfjs-core's. */
function framesOf(stack) {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at ') && !/<Jasmine>|\(?node:/.test(line))
    .filter((line) => !line.includes(coreUrl) || line.includes('_test.js:'))
    .map((line) => line.replaceAll(coreUrl, '').replaceAll(root, ''));
}
