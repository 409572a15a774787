import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {threadsOfRun} from '../threads';
import type {Peer} from './peer';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('./peers/pytorch.py', import.meta.url));
/** PyTorch's default layout, and that of tfjs. */
const COLUMNS = ['pytorch', 'pytorch channels_last'];

/** Memory that is kept: by default it is given back on each free, and steps take up to 1.6 times as long. */
const ENVIRONMENT = {
  MALLOC_MMAP_MAX_: '0',
  MALLOC_TRIM_THRESHOLD_: String(2 ** 33),
  MALLOC_TOP_PAD_: String(2 ** 28),
};

/** PyTorch in a Python of its own. */
export function pytorchPeer(): Peer {
  let python = '';
  return {
    name: 'pytorch',
    columns: COLUMNS,
    async find() {
      // Debian's is apart from others that may stand before it on the path.
      for (python of ['python3', '/usr/bin/python3']) {
        try {
          const {stdout} = await run(python, ['-c', 'import torch; print(torch.__version__)']);
          return {version: stdout.trim()};
        } catch {
          // Not there, or without torch.
        }
      }
      return {missing: 'no python3 here has torch'};
    },
    async benchModel({model, task, batch, optimizer = 'adam'}) {
      const env = {...process.env, ...ENVIRONMENT, OMP_NUM_THREADS: String(threadsOfRun())};
      const {stdout} = await run(python, [SCRIPT, model, task, String(batch), optimizer], {env});
      const {contiguous, channels_last: channelsLast} = JSON.parse(stdout) as {
        contiguous: number;
        channels_last?: number;
      };
      const [first, second] = COLUMNS;
      return {[first]: contiguous, ...(channelsLast !== undefined && {[second]: channelsLast})};
    },
  };
}
