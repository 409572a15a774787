/** A picture shows nothing that may be a digit. */
export class NoDigitError extends Error {
  override name = 'NoDigitError';
}
