/** How many elements and bytes tensors of a shape have, and whether there can be such tensors. */
import {OutOfMemoryError} from './errors.js';

/** More elements than a function of the WebAssembly module can count. */
const TOO_MANY = 2 ** 31;

/**
 * The number of elements of a shape.
 *
 * @throws Error if it is not the shape of a tensor.
 */
export function elementsOf(shape: readonly number[]): number {
  let elements = 1;
  let areWhole = true;
  for (const dimension of shape) {
    elements *= dimension;
    areWhole &&= Number.isInteger(dimension) && dimension >= 0;
  }
  if (areWhole && elements < TOO_MANY) return elements;
  throw new Error(
    `mnist-wasm: [${shape}] is not the shape of a tensor: dimensions are whole numbers from 0 on` +
      `${areWhole ? `, and their product is less than ${TOO_MANY}` : ''}.`,
  );
}

/** @throws OutOfMemoryError where a memory of at most `maxBytes` has no room for a tensor, whatever else it holds. */
export function assertRoom(maxBytes: number, shape: readonly number[], bytesOfElement: number): void {
  const bytes = elementsOf(shape) * bytesOfElement;
  if (bytes <= maxBytes) return;
  throw new OutOfMemoryError(
    `mnist-wasm: out of memory: a tensor of shape [${shape}] has ${bytes} bytes, and the memory cannot grow beyond ` +
      `${maxBytes} bytes here.`,
  );
}
