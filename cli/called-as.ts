import path from 'node:path';
import {quoted} from './quoted';

/**
 * The command line as whoever reads this calls it: `npx mnist-wasm` where the package is installed in a project or npx has fetched
 * it, `mnist-wasm` where it is on the path, and the program by Node in a checkout.
 *
 * @param script as Node was given it, which may be a link.
 */
export function calledAs(script = process.argv[1] ?? 'mnist-wasm', folder = process.cwd()): string {
  const {dir, base} = path.parse(script);
  const parts = dir.split(/[/\\]/);
  // Windows has no link, but a script of the shell that starts the file in the package.
  if (parts.includes('.bin') || parts.slice(-4).join('/') === 'node_modules/mnist-wasm/dist/cli')
    return 'npx mnist-wasm';
  if (base === 'mnist-wasm') return base;
  const relative = path.relative(folder, script);
  return `node ${quoted(relative.startsWith('..') ? script : relative)}`;
}
