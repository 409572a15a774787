import path from 'node:path';
import type {UserConfig} from 'vite';
import {THEME} from '../recipes/report/style.js';
import {offline} from './offline/plugin.js';

const inRoot = (file: string) => path.join(import.meta.dirname, '..', file);

/** The page is an application of the package, and gets what its exports give to a browser. */
const built = {
  'mnist-wasm': 'dist/index.js',
  'mnist-wasm/mnist': 'dist/mnist.browser.js',
  'mnist-wasm/training': 'dist/training.js',
  'mnist-wasm/keras': 'dist/keras.js',
};

export default {
  root: inRoot('web'),
  // One page: any other address is an error, not that page.
  appType: 'mpa',
  // Of any folder of any host.
  base: './',
  resolve: {
    alias: Object.entries(built).map(([name, file]) => ({find: new RegExp(`^${name}$`), replacement: inRoot(file)})),
    dedupe: ['@tensorflow/tfjs-core'],
  },
  esbuild: {jsx: 'automatic', jsxImportSource: 'preact'},
  worker: {format: 'es'},
  build: {outDir: inRoot('build/web'), emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 6000},
  plugins: [
    {
      name: 'theme',
      transformIndexHtml: () => [{tag: 'style', children: THEME, injectTo: 'head-prepend'}],
    },
    offline(inRoot('web')),
  ],
} satisfies UserConfig;
