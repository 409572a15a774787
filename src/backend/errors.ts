/** Thrown where a tensor or scratch does not fit; what the heap holds stays as it is. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError';
}
