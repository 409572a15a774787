import {run} from '../child';

/** Builds the page once, of what is in dist/, for all tests in browsers. */
export async function setup(): Promise<void> {
  const {code, stderr} = await run(process.execPath, ['scripts/web.mjs', '--build-only']);
  if (code !== 0) throw new Error(stderr);
}
