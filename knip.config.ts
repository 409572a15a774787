/**
 * `npm run knip`: files, dependencies and exports that nothing uses. It reads build/generated: build first.
 *
 * Left out are projects of their own, whose packages are installed apart: docs/api, examples/*, and those that
 * test/bundlers puts together of its fixtures/, control/ and shared/, test/runtimes and test/applications of their
 * project/, test/examples of its tools/ and bench/cold-start of its programs/. The packages of bench/peers are found by name,
 * that of test/lighthouse by its file.
 */
import type {KnipConfig} from 'knip';

export default {
  entry: [
    // The package's entries: what package.json's exports lead to in dist/, by scripts/build.mjs.
    'src/{index,native,inference}.ts',
    'src/edge/*.ts',
    'src/{compile,keras,mnist,node,training}/index.ts',
    'src/mnist/browser.ts',
    // Written by the build, and ignored by Git: the lists that name every kernel of src/backend/kernels.
    'build/generated/*.ts',
    // The programs of scripts/build.mjs.
    'cli/index.ts',
    'cli/results/index.ts',
    'bench/index.ts',
    'bench/peers/{jax,onnxruntime}-child.ts',
    'bench/compiled/child.ts',
    'bench/tuning/index.ts',
    'test/{accuracy,digest,kernel-table,kills,parity}/cli.ts',
    // What the build puts in the place of packages.
    'scripts/node-{fs,path}.mjs',
    'test/parity/worker.ts',
    'test/web/screenshots.ts',
    // Programs that Node runs as they are, and the files that they, or tests, give to Node.
    'test/*/run.mjs',
    'test/conformance/{one-core,worker}.mjs',
    'test/parity/faulty.mjs',
    'test/examples/lambda-host.mjs',
    // What test/browser/bundle.mjs bundles.
    'test/browser/pages/{page,training-worker}.ts',
    // The page's server and its service worker; Vite's configuration leads to the page.
    'web/server/index.ts',
    'web/offline/service-worker.ts',
    // What the AssemblyScript compiler is given.
    'assembly/{index,inference}.ts',
    'bench/assembly/{copy,peak}.ts',
  ],
  project: [
    '{assembly,src,common,recipes,cli,bench,web,test,scripts}/**/*.{ts,tsx,js,mjs}',
    '*.{ts,js}',
    '!test/bundlers/{control,fixtures,shared}/**',
    '!test/{applications/project,examples/tools,runtimes/project}/**',
    '!bench/cold-start/programs/**',
  ],
  // The system's.
  ignoreBinaries: ['mkfifo'],
  vite: {config: 'web/vite.config.ts'},
  compilers: {
    // AssemblyScript has decorators on functions, with which knip reads no exports of a file.
    ts: (text: string, file: string) =>
      /[\\/]assembly[\\/]/.test(file) ? text.replace(/^( *)@(\w+)$/gm, '$1// $2') : text,
  },
} satisfies KnipConfig;
