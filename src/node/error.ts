/** A model that cannot be saved or loaded: what is missing or damaged, which file, and why. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
  /** The file or folder at fault. */
  readonly file: string;

  constructor(message: string, file: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : {cause});
    this.file = file;
  }
}
