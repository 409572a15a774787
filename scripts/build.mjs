#!/usr/bin/env node
/**
 * Builds the package: AssemblyScript to build/wasm (both feature levels), the bundles to dist/, the declarations to
 * dist/types; and the tools that run the tests' cases to build/. It does nothing where all of that is of the sources as
 * they are, and compiles no AssemblyScript where that has not changed; `--clean` empties dist/ and builds all in any case.
 * `--page` also builds the page, for `mnist-wasm web`. For a faster edit loop `--no-types` leaves the declarations out, and `--draft` compiles the relaxed level alone, less
 * optimised: both together take 9 s instead of 55.
 */
import {execFile} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs, promisify} from 'node:util';
import {build} from 'esbuild';
import {pruneDeclarations} from './declarations.mjs';
import {ALL_PARTS, forgetInputs, hashesOf, isBuilt, noteInputs} from './inputs.mjs';
import {writeKernelLists} from './kernel-lists.mjs';
import {passMessages} from './messages.mjs';
import {finishModules} from './modules.mjs';
import {mergeImportsOf, minify} from './shrink.mjs';
import {writeThirdParty} from './third-party.mjs';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
const {values: options} = parseArgs({
  allowNegative: true,
  options: {
    clean: {type: 'boolean', default: false},
    draft: {type: 'boolean', default: false},
    page: {type: 'boolean', default: false},
    types: {type: 'boolean', default: true},
  },
});
writeKernelLists();
const levels = ['simd', 'relaxed'];
const modules = [...levels, ...levels.map((level) => `inference-${level}`)];

const compiled = [...(options.draft ? ['relaxed'] : [...levels, 'optimized', 'inference']), 'peaks'];
const compiles = options.clean || !isBuilt(compiled);
const parts = [
  ...(compiles ? compiled : []),
  'bundles',
  ...(options.types ? ['types'] : []),
  'programs',
  ...(options.page ? ['page'] : []),
];
if (!compiles && isBuilt(parts)) {
  console.log('Nothing has changed since the last build.');
  process.exit();
}
// Before anything is read: what is changed while this runs has changed since the build.
const hashes = Object.fromEntries(parts.map((part) => [part, hashesOf(part)]));
forgetInputs(options.clean ? ALL_PARTS : [...parts, ...(compiles ? ['optimized'] : [])]);

if (compiles) await compileModules();

const bundle = (settings) =>
  build({
    bundle: true,
    format: 'esm',
    target: 'es2022',
    loader: {'.wasm': 'base64'},
    logLevel: 'warning',
    sourcemap: true,
    metafile: true,
    outdir: 'dist',
    ...settings,
  });
// Applications import the peers, and the package itself, as a user would.
const packages = {packages: 'external', external: ['mnist-wasm', 'mnist-wasm/*']};
/** The peers and the package itself stay outside, other packages come in. */
const peers = {external: ['@tensorflow/*', 'mnist-wasm', 'mnist-wasm/*']};
/** Programs bring what they use, but for the peers; some of it is CommonJS and calls require. */
const forNode = {
  ...peers,
  banner: {
    js: "import {createRequire as createRequireOfBundle} from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  sourcemap: false,
};
const backend = {
  platform: 'browser',
  external: ['@tensorflow/tfjs-core', 'binaryen', 'mnist-wasm/wasm/*'],
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
};
const bundles = [
  // tfjs-backend-cpu's kernels for the fallback are bundled from its ES modules, which register nothing when
  // imported one by one; tfjs-core stays the one instance that the application has. It is bundled as for a browser, so
  // that seedrandom does not ask for Node's crypto.
  {
    entryPoints: {
      index: 'src/index.ts',
      native: 'src/native.ts',
      compile: 'src/compile/index.ts',
      'edge/index': 'src/edge/index.ts',
      'edge/native': 'src/edge/native.ts',
    },
    ...backend,
  },
  // By itself, though it has a part of those: a start reads fewer files.
  {entryPoints: {inference: 'src/inference.ts', 'edge/inference': 'src/edge/inference.ts'}, ...backend},
  // What reads other formats than MNIST's own is chunks of its own, loaded where it is needed.
  {
    entryPoints: {mnist: 'src/mnist/index.ts'},
    platform: 'node',
    splitting: true,
    chunkNames: 'chunks/mnist/[name]-[hash]',
    ...forNode,
  },
  {entryPoints: {training: 'src/training/index.ts'}, platform: 'neutral', ...packages},
  {
    entryPoints: {node: 'src/node/index.ts'},
    platform: 'node',
    ...peers,
    // proper-lockfile would patch the file system, and listen to signals, of the process that imports it; and require is not
    // there in a module.
    alias: {
      'graceful-fs': './scripts/node-fs.mjs',
      'signal-exit': './scripts/no-exit-hook.cjs',
      path: './scripts/node-path.mjs',
    },
  },
  {entryPoints: {'mnist.browser': 'src/mnist/browser.ts'}, platform: 'browser', ...peers},
  {entryPoints: ['cli/index.ts'], platform: 'node', outdir: 'dist/cli', splitting: true, ...forNode},
  // HDF5 is a chunk of its own, loaded with the first file. Its WebAssembly is text that is a third longer if escaped to
  // ASCII, and a source map would hold it once more.
  {
    entryPoints: {keras: 'src/keras/index.ts'},
    platform: 'browser',
    external: ['@tensorflow/*'],
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    charset: 'utf8',
    sourcemap: false,
  },
  // The benchmark's processes are programs of their own.
  {
    entryPoints: [
      'bench/index.ts',
      'bench/compiled/child.ts',
      'bench/peers/jax-child.ts',
      'bench/peers/onnxruntime-child.ts',
    ],
    platform: 'node',
    outdir: 'dist/bench',
    outbase: 'bench',
    splitting: true,
    ...forNode,
    external: [...forNode.external, 'onnx-buf', '@bufbuild/protobuf', 'esbuild'],
  },
  {entryPoints: ['test/parity/cli.ts', 'test/parity/worker.ts'], platform: 'node', outdir: 'build/parity', ...packages},
  {entryPoints: ['cli/results/index.ts'], platform: 'node', outdir: 'build/results', ...forNode},
  {entryPoints: {index: 'test/web/screenshots.ts'}, platform: 'node', outdir: 'build/screenshots', ...packages},
  {entryPoints: ['test/kernel-table/cli.ts'], platform: 'node', outdir: 'build/kernel-table', ...packages},
  {entryPoints: ['bench/tuning/index.ts'], platform: 'node', outdir: 'build/tuning', ...packages},
  {entryPoints: ['test/accuracy/cli.ts'], platform: 'node', outdir: 'build/accuracy', ...packages},
  {entryPoints: ['test/kills/cli.ts'], platform: 'node', outdir: 'build/kills', ...packages},
  {
    entryPoints: ['test/digest/cli.ts'],
    platform: 'node',
    outdir: 'build/digest',
    ...packages,
    external: [...packages.external, '../../test/browser/bundle.mjs'],
  },
];
if (options.clean) rmSync('dist', {recursive: true, force: true});
const present = bundles.filter((b) => Object.values(b.entryPoints).every((f) => existsSync(f)));
const built = await Promise.all(present.map(bundle));
const outputs = built.map(({metafile}) => Object.keys(metafile.outputs).filter((file) => file.endsWith('.js')));
removeStale(outputs.flat());
mergeImportsOf(outputs.flat().filter((file) => /^dist\/(?!cli\/|bench\/)/.test(file)));
await minify(outputs.slice(0, 2).flat());
writeThirdParty(built.filter((_, i) => !present[i].outdir?.startsWith('build/')).map(({metafile}) => metafile));
mkdirSync('dist/wasm', {recursive: true});
copyAssets();
for (const name of modules) cpSync(`build/wasm/${name}.wasm`, `dist/wasm/${name}.wasm`);
for (const level of levels) cpSync(`build/wasm/peak-${level}.wasm`, `dist/bench/peak-${level}.wasm`);
cpSync('bench/peers/pytorch.py', 'dist/bench/peers/pytorch.py');
if (options.types) {
  // Declarations of what is no longer there would be published too.
  rmSync('dist/types', {recursive: true, force: true});
  await run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
  const {exports} = JSON.parse(readFileSync('package.json', 'utf8'));
  pruneDeclarations(
    'dist/types',
    Object.values(exports).flatMap(({types}) => types ?? []),
  );
}

if (options.page) {
  await run('vite/bin/vite.js', 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn');
  rmSync('dist/web', {recursive: true, force: true});
  cpSync('build/web', 'dist/web', {recursive: true});
}

const inPrograms = built.flatMap(({metafile}) => Object.keys(metafile.inputs));
hashes.programs = Object.fromEntries(Object.entries(hashes.programs).filter(([file]) => inPrograms.includes(file)));
noteInputs(
  hashes,
  built.flatMap(({metafile}) => Object.keys(metafile.outputs)),
);

async function compileModules() {
  const kernels = (options.draft ? ['draft'] : levels).map((target) => ['assembly/index.ts', '--target', target]);
  const forInference = (options.draft ? [] : levels).map((target) => [
    'assembly/inference.ts',
    ...['--target', target, '--use', 'SMALL=1', '--outFile', `build/wasm/inference-${target}.wasm`],
  ]);
  const peaks = levels.map((target) => ['--config', 'bench/asconfig.json', '--target', target]);
  // Those that take longest first: there may be fewer cores than modules.
  await Promise.all([...kernels, ...forInference, ...peaks].map((flags) => run('assemblyscript/bin/asc.js', ...flags)));
  finishModules(modules);
}

/** What the command line reads when it draws a PNG file or decodes a JPEG, with the licences. */
function copyAssets() {
  const fonts = path.dirname(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/package.json')));
  const assets = {
    'resvg.wasm': 'node_modules/@resvg/resvg-wasm/index_bg.wasm',
    'DejaVuSansCondensed.ttf': path.join(fonts, 'ttf/DejaVuSansCondensed.ttf'),
    'DejaVu-LICENSE.txt': path.join(fonts, 'LICENSE'),
    'mozjpeg.wasm': 'node_modules/@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
    'mozjpeg-LICENSE.md': 'node_modules/@jsquash/jpeg/codec/LICENSE.codec.md',
    'LICENSES.md': 'cli/LICENSES.md',
  };
  for (const [name, source] of Object.entries(assets)) cpSync(source, `dist/assets/${name}`);
}

/** Runs a package's command; what it prints is shown, and a failure ends the build. */
async function run(script, ...args) {
  const done = promisify(execFile)(process.execPath, [path.join('node_modules', script), ...args]);
  const messages = [passMessages(done.child.stdout, process.stdout), passMessages(done.child.stderr, process.stderr)];
  try {
    await done.finally(() => Promise.all(messages));
  } catch (error) {
    process.exit(error.code ?? 1);
  }
}

/** Chunks have the hashes of what is in them as their names: those of earlier builds would be published too. */
function removeStale(outputs) {
  for (const folder of ['dist/chunks', 'dist/cli', 'dist/bench']) {
    for (const name of readdirSync(folder, {recursive: true})) {
      const file = `${folder}/${name}`;
      if (/\.js(\.map)?$/.test(file) && !outputs.includes(file.replace(/\.map$/, ''))) rmSync(file);
    }
  }
}
