#!/usr/bin/env node
/**
 * Builds the package: AssemblyScript to build/wasm (both feature levels), the bundles to dist/, the declarations to
 * dist/types. `--bench` also bundles the benchmark, `--types=false` leaves the declarations out (a faster edit loop).
 */
import {execFileSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {build} from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const {values: options} = parseArgs({
  options: {bench: {type: 'boolean', default: false}, types: {type: 'string', default: 'true'}},
});
const require = createRequire(import.meta.url);
const run = (script, ...args) => execFileSync(process.execPath, [script, ...args], {stdio: 'inherit'});

for (const level of ['simd', 'relaxed']) run(require.resolve('assemblyscript/bin/asc'), '--target', level);

const common = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  loader: {'.wasm': 'base64'},
  logLevel: 'warning',
  sourcemap: true,
};
const peers = ['@tensorflow/*', 'mnist-wasm', 'mnist-wasm/*'];

rmSync('dist', {recursive: true, force: true});
await Promise.all([
  // tfjs-backend-cpu's kernels for the fallback are bundled from its ES modules, which register nothing when
  // imported one by one; everything else of tfjs stays the one instance that the application has.
  build({
    ...common,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    entryPoints: ['src/index.ts', 'src/native.ts'],
    external: ['@tensorflow/tfjs-core'],
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    outdir: 'dist',
  }),
  build({
    ...common,
    platform: 'node',
    entryPoints: {mnist: 'src/mnist/index.ts'},
    external: peers,
    outdir: 'dist',
  }),
  build({
    ...common,
    platform: 'browser',
    entryPoints: {'mnist.browser': 'src/mnist/browser.ts'},
    external: peers,
    outdir: 'dist',
  }),
  build({
    ...common,
    platform: 'node',
    entryPoints: ['recipes/lenet.ts'],
    external: peers,
    packages: 'external',
    outdir: 'dist/recipes',
  }),
]);
mkdirSync('dist/wasm', {recursive: true});
for (const level of ['simd', 'relaxed']) cpSync(`build/wasm/${level}.wasm`, `dist/wasm/${level}.wasm`);

if (options.bench) {
  await build({
    ...common,
    platform: 'node',
    packages: 'external',
    entryPoints: ['bench/index.ts'],
    outdir: 'build/bench',
  });
}
if (options.types !== 'false') {
  const tsc = [require.resolve('typescript/package.json').replace('package.json', 'bin/tsc')];
  if (existsSync(tsc[0])) run(...tsc, '-p', 'tsconfig.build.json');
}
