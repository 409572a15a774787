/**
 * Bundles the pages as an application bundles the package: split ES modules, one tfjs-core. The aliases are what the
 * package's exports give to a browser.
 */
import {cpSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
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
    // jasmine-core looks for it in CommonJS modules.
    define: {global: 'globalThis'},
    alias: {'mnist-wasm/mnist': './dist/mnist.browser.js', 'mnist-wasm': './dist/index.js'},
    plugins: [testFilesOfCore, drawOnAnyBackend],
    // The paths in tsconfig.json lead to the sources.
    tsconfigRaw: {},
    metafile: true,
    logLevel: 'warning',
  });
  checkOneCore(Object.keys(metafile.inputs));
  cpSync(path.join(root, 'test/browser/pages/index.html'), path.join(outdir, 'index.html'));
  const scripts = Object.keys(metafile.outputs).map((file) => `/${path.relative(outdir, path.join(root, file))}`);
  return ['/', ...scripts];
}

/** The module `tfjs-core:test-files`: the test files by their paths, each with a function that loads it. */
const testFilesOfCore = {
  name: 'tfjs-core:test-files',
  setup({onResolve, onLoad}) {
    const namespace = 'test-files';
    onResolve({filter: /^tfjs-core:test-files$/}, () => ({path: 'test-files', namespace}));
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

/** The tests import tfjs-core's modules by relative paths, the backends by its name: all must be the same files. */
function checkOneCore(inputs) {
  const second = inputs.find((file) => /tfjs-core\/dist\/tf-core\./.test(file));
  if (second) throw new Error(`a second tfjs-core is in the bundle: ${second}`);
}
