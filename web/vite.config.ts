import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {UserConfig} from 'vite';
import {THEME} from '../common/theme.js';
import {builtEntries} from '../scripts/entries.mjs';
import {COMPILER} from './offline/compiler.js';
import {offline} from './offline/plugin.js';
import {pageTexts} from './texts/plugin.js';

const inRoot = (file: string) => path.join(import.meta.dirname, '..', file);

/** The page is an application of the package, and gets what its exports give to a browser. */
const built = builtEntries('browser');

/** The service worker tells the compiler by its name. */
const chunkFileNames = ({facadeModuleId}: {facadeModuleId: string | null}) =>
  /[\\/]node_modules[\\/]binaryen[\\/]/.test(facadeModuleId ?? '') ? `${COMPILER}[hash].js` : 'assets/[name]-[hash].js';

export default {
  root: inRoot('web'),
  // One page: any other address is an error, not that page.
  appType: 'mpa',
  // Of any folder of any host.
  base: './',
  resolve: {
    alias: Object.entries(built).map(([name, replacement]) => ({find: new RegExp(`^${name}$`), replacement})),
    dedupe: ['@tensorflow/tfjs-core'],
  },
  esbuild: {jsx: 'automatic', jsxImportSource: 'preact'},
  // binaryen asks for it in Node alone.
  worker: {format: 'es', rollupOptions: {external: ['node:module'], output: {chunkFileNames}}},
  build: {
    outDir: inRoot('build/web'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 6000,
    license: {fileName: 'THIRD-PARTY.md'},
  },
  plugins: [
    {
      name: 'theme',
      transformIndexHtml: () => [{tag: 'style', children: THEME, injectTo: 'head-prepend'}],
    },
    {
      name: 'licences',
      // Vite lists what the page itself is made of; what its workers have of others is most of what the package has.
      generateBundle() {
        const source = readFileSync(inRoot('dist/THIRD-PARTY.md'));
        this.emitFile({type: 'asset', fileName: 'THIRD-PARTY-mnist-wasm.md', source});
        const ofBinaryen = readFileSync(inRoot('node_modules/binaryen/LICENSE'));
        this.emitFile({type: 'asset', fileName: 'THIRD-PARTY-binaryen.txt', source: ofBinaryen});
      },
    },
    pageTexts(),
    offline(inRoot('web')),
  ],
} satisfies UserConfig;
