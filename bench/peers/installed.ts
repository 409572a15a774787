import {createRequire} from 'node:module';
import path from 'node:path';

/** Where the peers' own package.json is: not beside this, which is bundled. The benchmark runs in the project's root. */
const DIRECTORY = path.resolve('bench/peers');

/** Loads from the packages in bench/peers. */
export const requirePeer = createRequire(path.join(DIRECTORY, 'package.json'));

/** The version of a package in bench/peers, or how to get it. */
export function findPackage(name: string): {version: string} | {missing: string} {
  try {
    const {version} = requirePeer(path.join(DIRECTORY, 'node_modules', name, 'package.json')) as {version: string};
    return {version};
  } catch {
    return {missing: `npm ci --prefix bench/peers --ignore-scripts installs it`};
  }
}
