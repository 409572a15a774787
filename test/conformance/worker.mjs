/**
 * One process of a run: loads test files and runs their specs in jasmine, on the built backend.
 *
 * `node --import one-core.mjs worker.mjs '{"level": ..., "files": [...], "filter": ...}'`, with the level in
 * MNIST_WASM_FEATURES too. What happens is told in lines of JSON on the file descriptor 3, at once and synchronously:
 * whatever ends the process, the parent knows what was running.
 */
import {writeSync} from 'node:fs';
import {findBackendFactory, setBackend} from '@tensorflow/tfjs-core';
// tfjs-core's index registers neither gradients nor chained operations: the test environment of a backend does.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import {setTestEnvs} from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import jasmineCore from 'jasmine-core';
import {featureLevel} from 'mnist-wasm';
import {describeFailure} from './failure.mjs';
import {coreUrl} from './suite.mjs';

const BACKEND = 'mnist-wasm';
const SPEC_TIMEOUT = 30_000;

const {level, files, filter} = JSON.parse(process.argv[2]);
await startBackend();
const jasmine = jasmineCore.boot();
jasmine.DEFAULT_TIMEOUT_INTERVAL = SPEC_TIMEOUT;
const environment = jasmine.getEnv();
environment.configure({
  // In the order of the files: what fails, fails again.
  random: false,
  specFilter: (spec) => spec.getFullName().includes(filter),
});
setTestEnvs([{name: `test-${BACKEND}`, backendName: BACKEND, isDataSync: true}]);
const fileOfSpec = await loadFiles();
environment.addReporter(reporter());
await environment.execute();
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

/** Loads the test files; the map says which spec, by its id, is from which of them. */
async function loadFiles() {
  const fileOf = new Map();
  for (const file of files) {
    tell({event: 'load', file});
    const before = environment.topSuite().children.length;
    try {
      await import(new URL(file, coreUrl));
    } catch (error) {
      tell({event: 'loadFailed', file, ...describeFailure([error])});
    }
    for (const spec of environment.topSuite().children.slice(before).flatMap(specsIn)) fileOf.set(spec.id, file);
  }
  return fileOf;
}

function specsIn(node) {
  return node.children ? node.children.flatMap(specsIn) : [node];
}

function reporter() {
  return {
    jasmineStarted: ({totalSpecsDefined}) => tell({event: 'discovered', specs: totalSpecsDefined}),
    specStarted: ({id, fullName}) => tell({event: 'start', file: fileOfSpec.get(id), name: fullName}),
    specDone: ({id, fullName, status, failedExpectations}) =>
      tell({event: 'spec', file: fileOfSpec.get(id), name: fullName, status, ...describeFailure(failedExpectations)}),
    suiteDone: tellStray,
    jasmineDone: tellStray,
  };
}

/** Failures outside specs: in beforeAll or afterAll, and rejections that nobody handled. */
function tellStray({fullName, failedExpectations}) {
  if (failedExpectations.length === 0) return;
  tell({event: 'stray', name: fullName ?? 'outside the suites', ...describeFailure(failedExpectations)});
}
