/**
 * `npm run digest`: trains each of the recipes' models for some steps and prints a digest of its losses and weights.
 * Two builds whose digests are equal compute the same bits: for changes that must not change a result. So do numbers of
 * threads, and Node and browsers, at the same feature level.
 */
import {UsageError} from '../../common/errors';
import {progress} from '../../common/node/progress-line';
import {NoBrowserError} from '../browser/launch.mjs';
import {digestInBrowser} from './browser';
import {type Digest, digests, type Settings} from './digest';
import {type DigestOptions, parseOptions} from './options';
import {compareThreads} from './table';

try {
  process.exitCode = await main(parseOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof NoBrowserError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}

/** @returns the exit code. */
async function main({browser, ...settings}: DigestOptions): Promise<number> {
  const run = browser === undefined ? digestHere : digestInBrowser.bind(undefined, browser);
  if (settings.threads === undefined) {
    await run(settings, ({model, level, digest}) => console.log(`${model} ${level} ${digest}`));
    return 0;
  }
  const all: Digest[] = [];
  const engine = await run(settings, (digest) => {
    all.push(digest);
    progress(`${digest.model} on ${digest.threads}: ${digest.digest}`);
  });
  progress('');
  const {table, differing} = compareThreads(all);
  console.log(`${engine}, ${settings.steps} steps\n${table}`);
  if (differing.length > 0) console.log(`other bits on other numbers of threads: ${differing.join(', ')}`);
  return differing.length > 0 ? 1 : 0;
}

async function digestHere(settings: Settings, onDigest: (digest: Digest) => void): Promise<string> {
  for await (const digest of digests(settings)) onDigest(digest);
  return `Node ${process.version}`;
}
