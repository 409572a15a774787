/** Serves an example by Vite's own commands. */
import path from 'node:path';
import {freePort} from '../browser/free-port.mjs';
import {listen} from '../bundlers/project.mjs';

/** @param {'dev' | 'preview'} command as the example's package.json names it */
export async function startVite(project, command) {
  const port = await freePort();
  const program = path.join(project, 'node_modules/vite/bin/vite.js');
  const args = [program, command, '--host', '127.0.0.1', '--port', `${port}`, '--strictPort'];
  return listen(process.execPath, args, project, {port});
}
