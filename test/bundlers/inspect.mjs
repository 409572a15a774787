/** What can be said of a build without running it. */
import {readdirSync, readFileSync} from 'node:fs';
import {builtinModules} from 'node:module';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {build} from 'esbuild';

/** Text that survives minifying: the first bytes of WebAssembly in hexadecimal digits, messages of a fallback kernel and of HDF5. */
const MARKS = {kernels: '0061736d0100000001', fallback: 'Ragged splits may not be empty', HDF5: 'HDF5 library version'};
const CODE_OF_TEXT = /\beval\s*\(|\bnew\s+Function\b|[^.\w$]Function\s*\(/g;
const BUILT_IN = new RegExp(
  `(?:\\bfrom|\\bimport|\\bimport\\s*\\(|\\w\\()\\s*["'\`]((?:node:[\\w/]+|${builtinModules.join('|')}))["'\`]`,
  'g',
);
/** How a line begins, or is marked, that tells of something amiss: Rollup and Vite, esbuild, Next.js, tfjs, the others. */
const WARNING = /\(!\)|⚠|⨯|\balready\b|^\W*warn(ing)?\b|\bwarning:/i;

/**
 * @returns {{file: string, text: string, bytes: number, gzip: number, holds: string[]}[]} the scripts in a folder; `holds`
 *   tells what of this package is in one
 */
export function scriptsIn(folder) {
  return readdirSync(folder, {recursive: true})
    .filter((file) => /\.m?js$/.test(file))
    .map((file) => {
      const content = readFileSync(path.join(folder, file));
      const text = content.toString();
      const holds = Object.keys(MARKS).filter((name) => text.includes(MARKS[name]));
      return {file, text, bytes: content.length, gzip: gzipSync(content).length, holds};
    });
}

/** What is wrong with a script that a browser gets, but for what is `tolerated`, as others' code that never runs there. */
export function wrongScript({file, text}, tolerated = []) {
  return [...text.matchAll(CODE_OF_TEXT), ...text.matchAll(BUILT_IN)]
    .map(({index}) => text.slice(Math.max(0, index - 60), index + 60))
    .filter((excerpt) => !tolerated.some((pattern) => pattern.test(excerpt)))
    .map((excerpt) => `${file} has: ${excerpt}`);
}

/** What this package weighs by itself: an entry, minified, without the peers. */
export async function weigh(project, entry) {
  const {outputFiles} = await build({
    stdin: {contents: `export * from '${entry}'`, resolveDir: project},
    bundle: true,
    minify: true,
    format: 'esm',
    external: ['@tensorflow/*'],
    write: false,
  });
  const [{contents}] = outputFiles;
  return {bytes: contents.length, gzip: gzipSync(contents).length};
}

/** The warnings in what a bundler printed, but for those that a remark of the fixture matches. */
export function warningsIn(output, remarks) {
  const warnings = [];
  for (const line of output.split('\n')) {
    if (WARNING.test(line)) warnings.push(line);
    else if (warnings.length > 0) warnings.push(`${warnings.pop()}\n${line}`);
  }
  return warnings.map((text) => text.trim()).filter((text) => !remarks.some((remark) => remark.test(text)));
}
