/**
 * The runtimes, in the order in which they run and are told of.
 *
 * @typedef {object} Place where the suite runs: a row of the table
 * @property {string} title
 * @property {'relaxed' | 'simd'} level that is picked there, or given
 * @property {boolean} [given] the suite is told the level; nothing picks one
 * @property {'cores' | 1} threads that compute there in the end
 * @typedef {object} Run
 * @property {string} version
 * @property {Record<string, import('./project/suite.mjs').Report>} reports by the keys of the places
 * @typedef {{project: string, pages: string}} Means folders: where the package is installed, and where the pages are
 * @typedef {object} Runtime
 * @property {string} title
 * @property {Record<string, Place>} places
 * @property {() => string | undefined} missing why it cannot run here
 * @property {(means: Means) => Promise<Run>} run
 */
import {BROWSERS} from '../browser/open.mjs';
import {defaultThreads} from '../default-threads.mjs';
import {runInBrowser} from './browser.mjs';
import {runProgram, versionOf} from './program.mjs';
import {bunProgram, denoProgram, nodeProgram, workerdProgram} from './programs.mjs';
import {runInWorkerd} from './workerd.mjs';

const NODES = [20, 22, 24, 26];

/** @type {Record<string, Runtime>} */
export const runtimes = {
  ...Object.fromEntries(NODES.map((major) => [`node${major}`, node(major)])),
  deno: program('Deno', denoProgram, ['run', '--no-prompt', '--allow-read', '--allow-write']),
  bun: program('Bun', bunProgram, []),
  workerd: {
    title: 'workerd',
    places: {
      condition: {title: 'the export condition `workerd`', level: 'relaxed', threads: 1},
      module: {title: '`register({module})`, given simd.wasm', level: 'simd', threads: 1},
      compiled: {title: 'compiled models, without tfjs', level: 'relaxed', given: true, threads: 1},
    },
    missing: () => notForThisPlatform(workerdProgram()),
    run: async ({project}) => ({
      version: await versionOf(workerdProgram()),
      reports: await runInWorkerd(workerdProgram(), project),
    }),
  },
  ...Object.fromEntries(Object.keys(BROWSERS).map((name) => [name, browser(name)])),
};

/** @param {Place} place */
export function threadsOf({threads}) {
  return threads === 'cores' ? defaultThreads() : threads;
}

/** @returns {Runtime} */
function node(major) {
  const {places, ...others} = program(`Node.js ${major}`, () => nodeProgram(major), []);
  return {...others, places: {...places, 'worker-threads': {...places.node, title: 'worker_threads'}}};
}

/** @returns {Runtime} one that runs node.mjs and its like */
function program(title, find, flags) {
  const places = {node: {title: '', level: 'relaxed', threads: 'cores'}};
  return {
    title,
    places,
    missing: () => notForThisPlatform(find()),
    async run({project}) {
      const reports = {};
      for (const [script, place] of Object.entries(this.places))
        reports[script] = await runProgram(find(), [...flags, `${script}.mjs`, `${threadsOf(place)}`], project);
      return {version: await versionOf(find()), reports};
    },
  };
}

/** @returns {Runtime} */
function browser(name) {
  const {title, levels, find} = BROWSERS[name];
  const [level] = levels;
  return {
    title,
    places: {
      // WebKitGTK 2.50 gives no shared memory to a worker: DataCloneError. The backend warns, and goes on with one thread.
      worker: {title: 'module worker', level, threads: name === 'chromium' ? 'cores' : 1},
      'service worker': {title: 'service worker', level, threads: 1},
    },
    missing() {
      try {
        find();
      } catch ({message}) {
        return message;
      }
    },
    run({pages}) {
      return runInBrowser(name, pages, threadsOf(this.places.worker));
    },
  };
}

function notForThisPlatform(file) {
  return file ? undefined : `programs/package.json has none for ${process.platform}-${process.arch}`;
}
