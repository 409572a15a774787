/**
 * The test suite: the `*_test.js` files that the installed tfjs-core is published with.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const packageFile = createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json');
const dist = path.join(path.dirname(packageFile), 'dist');

/** The URL of tfjs-core's ES modules, with a slash at its end. */
export const coreUrl = `${pathToFileURL(dist).href}/`;
export const coreVersion = JSON.parse(readFileSync(packageFile, 'utf8')).version;

/**
 * How many specs a version of tfjs-core has for a synchronous backend, in Node and in each browser, and how many more for
 * tfjs-backend-cpu: so a set-up that loses some fails.
 */
const specsByVersion = {'4.22.0': {node: 4230, chromium: 4381, firefox: 4356, webkit: 4356, forCpuAlone: 2}};
/** Of the installed version; empty where it is not known. */
export const knownSpecs = specsByVersion[coreVersion] ?? {};

/** The test files by their paths in tfjs-core's dist, with slashes; of these, those that have `text` in them. */
export function testFiles(text = '') {
  return readdirSync(dist, {recursive: true})
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('_test.js') && file.includes(text))
    .sort();
}
