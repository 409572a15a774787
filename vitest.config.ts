import path from 'node:path';
import {configDefaults, defineConfig} from 'vitest/config';
import {builtEntries} from './scripts/entries.mjs';

const inRoot = (file: string) => path.join(import.meta.dirname, file);
/** One instance of tfjs-core: the CommonJS bundle that Node gives to dist/ and to the other tfjs packages. */
const tfjs = {
  '@tensorflow/tfjs-core': 'tfjs-core/dist/tf-core.node.js',
  '@tensorflow/tfjs-converter': 'tfjs-converter/dist/tf-converter.node.js',
  '@tensorflow/tfjs-layers': 'tfjs-layers/dist/tf-layers.node.js',
  '@tensorflow/tfjs-backend-cpu': 'tfjs-backend-cpu/dist/tf-backend-cpu.node.js',
  '@tensorflow/tfjs-backend-wasm': 'tfjs-backend-wasm/dist/tf-backend-wasm.node.js',
};
/** What is tested is what is published: the bundles of `npm run build`, loaded by Node and not by Vite. */
const built = builtEntries('node');
const alias = [
  ...Object.entries(built).map(([name, replacement]) => ({find: new RegExp(`^${name}$`), replacement})),
  ...Object.entries(tfjs).map(([name, file]) => ({
    find: new RegExp(`^${name}$`),
    replacement: inRoot(`node_modules/@tensorflow/${file}`),
  })),
];

/** At both feature levels: the backend's own tests, and what stands in no folder of test/. */
const BOTH_LEVELS = ['assembly/**/*.test.ts', 'src/backend/**/*.test.ts', 'test/*.test.ts'];

/** What does not depend on the feature level, or asks for one itself: run once. Each stands beside what it tests. */
const ONCE = [
  '{bench,cli,common,recipes,scripts,web}/**/*.test.ts',
  'src/!(backend)/**/*.test.ts',
  'src/backend/{heap,fusion,epilogue}.test.ts',
  'src/backend/module/*.test.ts',
  'test/*/**/*.test.ts',
];

/** What is tested is built from the sources that are there. */
const BUILT = 'test/built.ts';

/** The page, and that of README.md, in real browsers: `npm run test:web`. */
const WEB = ['test/web/**/*.test.ts', 'test/snippets/page.test.ts'];

const level = (name: 'relaxed' | 'simd') => ({
  extends: true as const,
  test: {
    name,
    include: BOTH_LEVELS,
    exclude: [...configDefaults.exclude, ...ONCE],
    setupFiles: ['test/setup.ts'],
    globalSetup: BUILT,
    // One level with the threads that the machine has, the other without.
    env: {MNIST_WASM_FEATURES: name, ...(name === 'simd' && {MNIST_WASM_THREADS: '1'})},
  },
});

export default defineConfig({
  resolve: {alias},
  test: {
    server: {deps: {external: [/\/dist\/[^/]+\.js$/, /\/node_modules\//]}},
    testTimeout: 30_000,
    // An avalanche takes longer to print than the tests to run.
    bail: 300,
    projects: [
      level('relaxed'),
      level('simd'),
      {
        extends: true,
        test: {
          name: 'package',
          include: ONCE,
          exclude: [...configDefaults.exclude, ...WEB],
          setupFiles: ['test/setup.ts'],
          globalSetup: BUILT,
        },
      },
      {
        extends: true,
        test: {
          name: 'web',
          include: WEB,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          globalSetup: [BUILT, 'test/web/build.ts'],
        },
      },
    ],
  },
});
