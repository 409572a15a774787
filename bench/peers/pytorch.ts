import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import type {ModelCase} from '../models';

const run = promisify(execFile);

/** The python3 that has torch (Debian's is apart from others that may stand before it on the path), if there is one. */
export async function findPyTorch(): Promise<string | undefined> {
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      await run(python, ['-c', 'import torch']);
      return python;
    } catch {
      // Not there, or without torch.
    }
  }
  return undefined;
}

/** One thread, and memory that is kept: by default it is given back on each free, and steps take up to 1.6 times as long. */
const ENVIRONMENT = {
  OMP_NUM_THREADS: '1',
  MALLOC_MMAP_MAX_: '0',
  MALLOC_TRIM_THRESHOLD_: String(2 ** 33),
  MALLOC_TOP_PAD_: String(2 ** 28),
};

/** Milliseconds by layout: 'pytorch' is its default, 'pytorch channels_last' the layout of tfjs. */
export async function benchPyTorch(python: string, {model, task, batch}: ModelCase): Promise<Record<string, number>> {
  const script = fileURLToPath(new URL('../../bench/peers/pytorch.py', import.meta.url));
  const {stdout} = await run(python, [script, model, task, String(batch)], {env: {...process.env, ...ENVIRONMENT}});
  const {milliseconds} = JSON.parse(stdout) as {milliseconds: {contiguous: number; channels_last?: number}};
  const {contiguous, channels_last: channelsLast} = milliseconds;
  return {pytorch: contiguous, ...(channelsLast !== undefined && {'pytorch channels_last': channelsLast})};
}
