import {rm} from 'node:fs/promises';
import path from 'node:path';
import {writeFileAtomic} from 'mnist-wasm/node';

/** Makes the folder and a file in it, so that a run learns before its work, not after, that it cannot be kept. */
export async function assertWritable(folder: string): Promise<void> {
  const probe = path.join(folder, `.${process.pid}.tmp`);
  await writeFileAtomic(probe, '');
  await rm(probe);
}
