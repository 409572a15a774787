/** The suite `conformance`: tfjs-core's own tests in this page, on one backend. */

import testFiles from 'virtual:tfjs-core-test-files';
import {setBackend} from '@tensorflow/tfjs-core';
import {runSpecs} from '../../conformance/specs.mjs';
import {framesOf} from './tell';

/** Only the backend that is asked for is loaded: the tests see no other. */
const load = {
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
  'mnist-wasm': async (level) => {
    const {register} = await import('mnist-wasm');
    register({features: level, threads: 2});
  },
};

export async function run({backend, level, filter}, tell) {
  await load[backend](level);
  if (!(await setBackend(backend))) throw new Error(`${backend} did not start`);
  if (level !== undefined) await checkLevel(level);
  await runSpecs({backend, files: Object.keys(testFiles), load: (file) => testFiles[file](), filter, framesOf, tell});
}

async function checkLevel(level) {
  const {featureLevel} = await import('mnist-wasm');
  if (featureLevel() !== level) throw new Error(`the feature level is ${featureLevel()}, and not ${level}`);
}
