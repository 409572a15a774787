/** Whether there is a process of that number. */
export function processRuns(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: another user's. Deno without the permission to ask says neither.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
