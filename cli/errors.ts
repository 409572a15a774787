/** A run that cannot go on for a reason the user can act on: told in one line, exit code 1. */
export class RunError extends Error {
  override name = 'RunError';
}
