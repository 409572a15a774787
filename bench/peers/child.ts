import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

/**
 * Runs one of the benchmark's child programs, a process for each measurement so that peers keep to themselves.
 *
 * @returns milliseconds, which the child prints last
 * @throws Error if the child fails, or takes more than `timeout` milliseconds
 */
export async function medianInChild(program: string, args: readonly string[], timeout?: number): Promise<number> {
  const script = fileURLToPath(new URL(`./peers/${program}.js`, import.meta.url));
  try {
    const {stdout} = await promisify(execFile)(process.execPath, [script, ...args], {timeout});
    return Number(stdout.trim().split('\n').pop());
  } catch (error) {
    if ((error as {killed?: boolean}).killed) throw new Error(`takes more than ${timeout} ms`);
    throw error;
  }
}
