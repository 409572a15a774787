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
