/**
 * Bundles the pages as an application bundles the package: split ES modules, one tfjs-core. The aliases are what the
 * package's exports give to a browser.
 */
import {cpSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {builtEntries} from '../../scripts/entries.mjs';
import {coreUrl, testFiles} from '../conformance/suite.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const core = fileURLToPath(coreUrl);

/**
 * Writes the pages into a folder, which is emptied.
 *
 * @returns the paths of what a page may ask its server for.
 */
export async function bundle(outdir) {
  rmSync(outdir, {recursive: true, force: true});
  const {metafile} = await build({
    absWorkingDir: root,
    entryPoints: ['page.ts', 'training-worker.ts'].map((file) => path.join('test/browser/pages', file)),
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    alias: builtEntries('browser'),
    plugins: [testFilesOfCore, drawOnAnyBackend, jasmineOfPage],
    // The paths in tsconfig.json lead to the sources.
    tsconfigRaw: {},
    metafile: true,
    logLevel: 'warning',
  });
  checkOneCore(Object.keys(metafile.inputs));
  const copied = {
    'index.html': 'test/browser/pages/index.html',
    'conformance.html': 'test/browser/pages/conformance.html',
    'jasmine.js': 'node_modules/jasmine-core/lib/jasmine-core/jasmine.js',
  };
  for (const [name, source] of Object.entries(copied)) cpSync(path.join(root, source), path.join(outdir, name));
  const built = Object.keys(metafile.outputs).map((file) => path.relative(outdir, path.join(root, file)));
  return ['', ...Object.keys(copied), ...built].map((file) => `/${file}`);
}

/** The module `virtual:tfjs-core-test-files`: the test files by their paths, each with a function that loads it. */
const testFilesOfCore = {
  name: 'tfjs-core-test-files',
  setup({onResolve, onLoad}) {
    const namespace = 'test-files';
    onResolve({filter: /^virtual:tfjs-core-test-files$/}, () => ({path: 'test-files', namespace}));
    onLoad({filter: /.*/, namespace}, () => {
      const entries = testFiles().map((file) => `${JSON.stringify(file)}: () => import('./${file}'),`);
      return {contents: `export default {\n${entries.join('\n')}\n};`, resolveDir: core};
    });
  },
};

/**
 * tfjs-core's test of drawing takes the name of a backend for a kind of canvas, but for `cpu`: it knows webgl and webgpu.
 * Every other backend draws in two dimensions.
 */
const drawOnAnyBackend = {
  name: 'draw on any backend',
  setup({onLoad}) {
    onLoad({filter: /[\\/]draw_test\.js$/}, ({path: file}) => {
      const parts = readFileSync(file, 'utf8').split("env.name === 'cpu' ? '2d' : env.name");
      if (parts.length !== 2) throw new Error(`${file} does not choose the kind of canvas as it did`);
      return {contents: parts.join("'2d'")};
    });
  },
};

/**
 * Jasmine comes with the page, as a script that is no module: tfjs-core's tests expect that functions it calls have the
 * window as `this`, which none has in a module.
 */
const jasmineOfPage = {
  name: "the page's jasmine",
  setup({onResolve, onLoad}) {
    const namespace = 'jasmine';
    onResolve({filter: /^jasmine-core\/lib\/jasmine-core\/jasmine\.js$/}, () => ({path: 'jasmine', namespace}));
    onLoad({filter: /.*/, namespace}, () => ({contents: 'module.exports = globalThis.jasmineRequire;'}));
  },
};

/** The tests import tfjs-core's modules by relative paths, the backends by its name: all must be the same files. */
function checkOneCore(inputs) {
  const second = inputs.find((file) => /tfjs-core\/dist\/tf-core\./.test(file));
  if (second) throw new Error(`a second tfjs-core is in the bundle: ${second}`);
}
