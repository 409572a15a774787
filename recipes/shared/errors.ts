/** A wrong flag or value on the command line: told in one line, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** A run that cannot go on for a reason the user can act on: told in one line, exit code 1. */
export class RunError extends Error {
  override name = 'RunError';
}
