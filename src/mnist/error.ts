/** Data that is missing, damaged or not what its name says. */
export class MnistError extends Error {
  override readonly name = 'MnistError';
  /** The file at fault, where it is one. */
  readonly file?: string;
  /** The byte of the unzipped file where the fault shows, where it is one place. */
  readonly offset?: number;

  constructor(message: string, details: {file?: string; offset?: number; cause?: unknown} = {}) {
    super(message, details.cause === undefined ? undefined : {cause: details.cause});
    this.file = details.file;
    this.offset = details.offset;
  }
}

/** The error for a byte that is not what the format wants. */
export function badData(file: string, offset: number, expected: string, found: string, cause?: unknown): MnistError {
  return new MnistError(`${file}, byte ${offset}: expected ${expected}, found ${found}.`, {file, offset, cause});
}

/**
 * What an error says, with the reason that fetch puts into `cause`; Node's DecompressionStream puts it only there. Our
 * own errors say all of it themselves.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const {cause, message, name} = error;
  const reason = cause instanceof Error && !(error instanceof MnistError) ? cause.message || cause.name : '';
  return message && reason ? `${message} (${reason})` : message || reason || name;
}
