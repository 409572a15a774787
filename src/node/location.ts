import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {assertGiven} from '../shared/given.js';
import {ModelFileError} from './error.js';

const SCHEME = 'file://';

/**
 * The absolute path that a path or file URL means.
 *
 * What begins with `file:///` is a URL, as `pathToFileURL` makes them; after `file://` alone comes a path as it is, as
 * tfjs-node has it: `file://./model`, `file://models/lenet`.
 *
 * @throws ModelFileError where it is neither a path nor a file URL.
 */
export function pathOf(location: string | URL): string {
  assertGiven(typeof location === 'string' || location instanceof URL, 'location', 'a path or a file URL', location);
  const text = String(location);
  const refuse = (found: string, cause?: unknown) => {
    const forms = 'a path, file:///an/absolute/path or file://a/relative/path';
    return new ModelFileError(
      `Cannot use ${JSON.stringify(text)} as the place of a model: ${found}; expected ${forms}.`,
      text,
      cause,
    );
  };
  if (text === '' || text === SCHEME) throw refuse('it names no file');
  if (text.startsWith(`${SCHEME}/`)) {
    const url = new URL(text);
    if (url.search || url.hash) throw refuse('in a URL, ? is written %3F, and # is written %23');
    try {
      return fileURLToPath(url);
    } catch (error) {
      throw refuse((error as Error).message, error);
    }
  }
  if (text.startsWith(SCHEME)) return path.resolve(text.slice(SCHEME.length));
  if (location instanceof URL || /^[a-z][a-z\d+.-]+:\/\//i.test(text)) throw refuse('it is not a file URL');
  return path.resolve(text);
}
