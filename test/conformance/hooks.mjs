/**
 * The loader's hooks that make one instance of tfjs-core of two.
 *
 * The tests import tfjs-core's modules by relative paths (`../index`), the backend imports the package by its name. In
 * Node the name leads to a CommonJS bundle of its own, so that the backend would be registered where no test sees it.
 * Here the name leads to the modules. They are written for bundlers: the paths have no extension, the nearest
 * package.json does not say that they are modules, and a few of them use `require` or import CommonJS as a namespace.
 */
import {readFileSync, statSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const CORE = '@tensorflow/tfjs-core';
/** The URL of the folder with tfjs-core's modules. */
let core = '';

export function initialize(url) {
  core = url;
}

export function resolve(specifier, context, next) {
  const url = moduleFile(moduleOfCore(specifier, context.parentURL));
  return url === undefined ? next(specifier, context) : {url, shortCircuit: true};
}

export function load(url, context, next) {
  if (!url.startsWith(core)) return next(url, context);
  return {format: 'module', source: asModule(readFileSync(fileURLToPath(url), 'utf8')), shortCircuit: true};
}

/** The URL, perhaps without its extension, of what is imported from tfjs-core; undefined where it is something else. */
function moduleOfCore(specifier, parent = '') {
  if (specifier === CORE) return `${core}index.js`;
  if (specifier.startsWith(`${CORE}/dist/`)) return specifier.replace(`${CORE}/dist/`, core);
  return parent.startsWith(core) && specifier.startsWith('.') ? new URL(specifier, parent).href : undefined;
}

/** The URL of the file that a bundler would take; undefined where there is none. */
function moduleFile(url) {
  const bare = url?.replace(/\/$/, '');
  return bare && [bare, `${bare}.js`, `${bare}/index.js`].find(isFile);
}

function isFile(url) {
  return statSync(fileURLToPath(url), {throwIfNoEntry: false})?.isFile() === true;
}

/** The same lines, so that the line numbers in stack traces stay those of the file. */
function asModule(text) {
  const source = text
    // Two thirds of the text are source maps.
    .replace(/\n\/\/# sourceMappingURL=.*/, '')
    // A namespace has only those exports of a CommonJS package that Node finds without running it.
    .replace(/^import \* as (\w+) from '(\w[\w-]*)';/gm, "import $1 from '$2';");
  if (!/\brequire\b[.(]/.test(source)) return source;
  return `import {createRequire} from 'node:module'; const require = createRequire(import.meta.url); ${source}`;
}
