import {readFileSync} from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/**
 * The package's entries and the files in dist/ that package.json gives for each, for tools that would look for them among
 * the installed packages.
 *
 * @param {'node' | 'browser'} platform
 * @returns {Record<string, string>} absolute paths by the names that are imported, the longest names first
 */
export function builtEntries(platform) {
  const {name, exports} = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const entries = Object.entries(exports).flatMap(([subpath, target]) =>
    target.types ? [[path.posix.join(name, subpath), path.join(ROOT, target[platform] ?? target.default)]] : [],
  );
  return Object.fromEntries(entries.sort(([a], [b]) => b.length - a.length));
}
