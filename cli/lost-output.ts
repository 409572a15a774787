import {messageOf} from '../common/errors';

let lost: string | undefined;

/**
 * From now on, output that cannot be written is dropped, where Node would end the process: a training goes on behind a pipe that was
 * closed (`| head -1`), on a full device, or when its terminal is gone.
 */
export function dropLostOutput(): void {
  process.stderr.on('error', () => {});
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever closes a pipe has seen enough.
    if (error.code === 'EPIPE' || lost !== undefined) return;
    lost = messageOf(error);
    process.stderr.write(`warning: the standard output cannot be written (${lost}): what is for it is dropped\n`);
  });
}

/** Whether output is missing that somebody may still want. */
export function hasLostOutput(): boolean {
  return lost !== undefined;
}
