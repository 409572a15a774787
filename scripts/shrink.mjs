/**
 * What becomes of the bundles after esbuild: what an engine reads and parses at a start is as short as it can be. That is
 * most of the time that importing the package takes.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';

/** Minifies files that esbuild has written with source maps, which stay true. */
export async function minify(files) {
  await build({
    entryPoints: files,
    outdir: '.',
    outbase: '.',
    allowOverwrite: true,
    format: 'esm',
    minify: true,
    sourcemap: true,
    charset: 'utf8',
    logLevel: 'warning',
    target: 'es2022',
  });
}

/** Merges the import statements of files that esbuild has written, not minified, and drops those that do nothing. */
export function mergeImportsOf(files) {
  for (const file of files) writeFileSync(file, mergeImports(readFileSync(file, 'utf8').replace(BARE_IMPORT, '')));
}

/** Of a chunk, none of which has a side effect: package.json says so, and esbuild warns of it in an application's build. */
const BARE_IMPORT = /^import "\.{1,2}\/(?:chunks\/)?chunk-\w+\.js";$/gm;
/** Of a peer: left of an import of which nothing is used. */
const BARE_PEER = /^import "(@tensorflow\/[^"]+)";$/gm;
const IMPORT = /^import \{([^}]*)\} from "(@tensorflow\/[^"]+)";$/gm;
const NAMESPACE = /^import \* as (\w+) from "(@tensorflow\/[^"]+)";$/gm;

/**
 * One import statement for the names of each package, and one for its namespace. esbuild leaves that of each source file; where an application is bundled, and
 * the package is CommonJS, each of some 400 cost it 0.35 ms (Node 20.20), for getters of all that the package exports.
 *
 * @param {string} text lines keep their numbers
 */
export function mergeImports(text) {
  const names = new Map();
  for (const [, list, source] of text.matchAll(IMPORT)) {
    names.set(source, [...(names.get(source) ?? []), ...list.trim().split(/\s*,\s*/)]);
  }
  const bare = mergeNamespaces(text).replace(BARE_PEER, (statement, source) => (names.has(source) ? '' : statement));
  return bare.replace(IMPORT, (statement, _, source) => {
    const merged = names.get(source);
    names.delete(source);
    const head = merged ? `import { ${[...new Set(merged)].join(', ')} } from "${source}";` : '';
    return head + '\n'.repeat(statement.split('\n').length - 1);
  });
}

/** The namespace of a package under one name; those that esbuild gives are used for nothing else. */
function mergeNamespaces(text) {
  const first = new Map();
  const others = new Map();
  for (const [, name, source] of text.matchAll(NAMESPACE)) {
    if (first.has(source)) others.set(name, first.get(source));
    else first.set(source, name);
  }
  if (others.size === 0) return text;
  const once = text.replace(NAMESPACE, (statement, name) => (others.has(name) ? '' : statement));
  return once.replace(new RegExp(`\\b(${[...others.keys()].join('|')})\\b`, 'g'), (name) => others.get(name));
}
