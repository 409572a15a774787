/** A wrong flag or value on the command line: told in one line, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Whether an import failed because the package is not installed. */
export function isNotInstalled(error: unknown): boolean {
  return ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** A run that cannot go on for a reason the user can act on: told in one line, exit code 1. */
export class RunError extends Error {
  override name = 'RunError';
}
