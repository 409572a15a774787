/**
 * Runs tfjs-core's specs in jasmine, on one backend, in Node or in a page; tells what happens as test/specs/follow.mjs
 * expects it.
 */
import {setTestEnvs} from '@tensorflow/tfjs-core/dist/jasmine_util.js';
// tfjs-core's index registers neither gradients nor chained operations: the test environment of a backend does.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import jasmineRequire from 'jasmine-core/lib/jasmine-core/jasmine.js';

const SPEC_TIMEOUT = 30_000;

/**
 * @param backend the name of a backend that is registered and synchronous.
 * @param files the names of the test files.
 * @param load loads one of them.
 * @param filter only the specs with this in their full names.
 * @param framesOf the lines of a stack that are worth telling.
 * @param tell takes in a message; jasmine waits for a promise that it returns.
 */
export async function runSpecs({backend, files, load, filter, framesOf, tell}) {
  const environment = boot();
  setTestEnvs([{name: backend, backendName: backend, isDataSync: true}]);
  // tfjs-core writes backend and flags into the names of suites. Without them, names are the same on any backend.
  const nameOf = (fullName) => fullName.replace(` ${backend} {}`, '');
  environment.configure({
    // In the order of the files: what fails, fails again.
    random: false,
    specFilter: (spec) => nameOf(spec.getFullName()).includes(filter),
  });
  const describe = (errors) => describeFailure(errors, framesOf);
  const fileOfSpec = await loadFiles();
  environment.addReporter({
    jasmineStarted: ({totalSpecsDefined}) => tell({event: 'discovered', specs: totalSpecsDefined}),
    specStarted: ({id, fullName}) => tell({event: 'start', file: fileOfSpec.get(id), name: nameOf(fullName)}),
    specDone: ({id, fullName, status, failedExpectations}) => {
      const name = nameOf(fullName);
      tell({event: 'spec', file: fileOfSpec.get(id), name, status, ...describe(failedExpectations)});
    },
    suiteDone: tellStray,
    jasmineDone: tellStray,
  });
  await environment.execute();

  /** Loads the test files; the map says which spec, by its id, is from which of them. */
  async function loadFiles() {
    const fileOf = new Map();
    for (const file of files) {
      tell({event: 'load', file});
      const before = environment.topSuite().children.length;
      try {
        await load(file);
      } catch (error) {
        tell({event: 'loadFailed', file, ...describe([error])});
      }
      for (const spec of environment.topSuite().children.slice(before).flatMap(specsIn)) fileOf.set(spec.id, file);
    }
    return fileOf;
  }

  /** Failures outside specs: in beforeAll or afterAll, and rejections that nobody handled. */
  function tellStray({fullName, failedExpectations}) {
    if (failedExpectations.length === 0) return;
    const name = fullName === undefined ? 'outside the suites' : nameOf(fullName);
    tell({event: 'stray', name, ...describe(failedExpectations)});
  }
}

/** Jasmine's environment, with its functions as globals: what the package's own `boot` does, which is for Node alone. */
function boot() {
  const jasmine = jasmineRequire.core(jasmineRequire);
  const environment = jasmine.getEnv({suppressLoadErrors: true});
  Object.assign(globalThis, jasmineRequire.interface(jasmine, environment));
  jasmine.DEFAULT_TIMEOUT_INTERVAL = SPEC_TIMEOUT;
  return environment;
}

function specsIn(node) {
  return node.children ? node.children.flatMap(specsIn) : [node];
}

/**
 * @param errors what failed in one place: errors, or jasmine's failed expectations.
 * @returns the messages of all, and the stack of the first.
 */
function describeFailure(errors, framesOf) {
  return {
    message: errors.map(({message}) => message).join('\n'),
    stack: errors.length > 0 ? framesOf(errors[0].stack ?? '') : [],
  };
}
