/** Thrown if a tensor or scratch does not fit into the memory; the content of the heap is unchanged then. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError';
}
