export {reasonOf} from '../src/shared/reason';

/** A wrong flag or value on the command line: told in one line, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** All that an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
