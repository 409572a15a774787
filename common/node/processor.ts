import os from 'node:os';

/** What the system calls the processor. */
export function processorName(): string {
  return os.cpus()[0]?.model.trim() ?? 'unknown CPU';
}
