/**
 * The projects in fixtures/. Each has its bundler's command as its script `build`, and no configuration; one has no
 * bundler, and a browser loads the files as a CDN serves them.
 *
 * @typedef {object} Fixture
 * @property {string} name its folder
 * @property {string} title
 * @property {string} [output] where the bundler writes what browsers get; none where nothing is built
 * @property {string} root what is served
 * @property {Record<string, string[]>} pages the addresses to open, and the tasks that each reports
 * @property {RegExp[]} remarks what the bundler prints that sounds like a warning, and is none about this package
 * @property {string[]} [lean] scripts that must be without the fallback kernels
 * @property {RegExp[]} [tolerated] what stands in a script and is never run in a browser, and is not of this package
 * @property {boolean} [othersMakeCode] scripts without code of this package are the framework's, and its business
 * @property {boolean} [refusesThreads] it is also opened under a policy that forbids workers of blob: URLs
 * @property {string[]} [server] the project's own server: a script for Node and its arguments
 */

/** tfjs-layers 4.22 is compiled TypeScript that asks for `this` at the top of a module. */
const THIS_OF_TFJS_LAYERS = /"this" has been rewritten[\s\S]*tfjs-layers/;
/** Two copies of tfjs-core in one process, for pages and for routes; tfjs-core says so. */
const TWO_TFJS_CORES = /^Platform node has already been set\. Overwriting the platform with node\./;
/** tfjs-core and its seedrandom ask for these where they find themselves in Node; Rollup leaves that as it is. */
const REQUIRE_OF_TFJS_CORE = /\brequire\("(crypto|util)"\)/;
/** What webpack puts in for `global`, which tfjs-core uses: asked only where there is no globalThis. */
const GLOBAL_OF_WEBPACK = /return globalThis;try\{return this\|\|new Function\("return this"\)\(\)\}/;

/** @type {Fixture[]} */
export const fixtures = [
  {name: 'html', title: 'plain HTML', root: '.', pages: {'/': ['page', 'keras']}, remarks: [], refusesThreads: true},
  {
    name: 'vite',
    title: 'Vite',
    output: 'dist',
    root: 'dist',
    pages: {'/': ['page', 'worker', 'keras']},
    remarks: [/^\(!\) Some chunks are larger than 500 kB/],
  },
  {
    name: 'webpack',
    title: 'webpack',
    output: 'dist',
    root: '.',
    pages: {'/': ['page', 'worker', 'keras']},
    remarks: [/^WARNING in (asset|entrypoint) size limit/, /^WARNING in webpack performance recommendations/],
    tolerated: [GLOBAL_OF_WEBPACK],
  },
  {
    name: 'rollup',
    title: 'Rollup',
    output: 'dist',
    root: '.',
    pages: {'/': ['page', 'keras']},
    remarks: [THIS_OF_TFJS_LAYERS],
    tolerated: [REQUIRE_OF_TFJS_CORE],
  },
  {name: 'rolldown', title: 'Rolldown', output: 'dist', root: '.', pages: {'/': ['page', 'keras']}, remarks: []},
  {
    name: 'esbuild',
    title: 'esbuild',
    output: 'dist',
    root: '.',
    pages: {'/': ['page', 'keras'], '/native.html': ['page']},
    lean: ['native.js'],
    remarks: [/^dist\/(main|native)\.js +[\d.]+mb ⚠️/],
  },
  {
    name: 'next',
    title: 'Next.js',
    output: '.next/static',
    root: '.',
    pages: {'/': ['page', 'component', 'route', 'keras']},
    remarks: [TWO_TFJS_CORES, /^⚠ No build cache found/],
    othersMakeCode: true,
    server: ['node_modules/next/dist/bin/next', 'start'],
  },
];
