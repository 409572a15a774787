import {BLOCK_PADDING as LINE} from '../assembly/abi';
import type {MnistWasmBackend} from '../src/internal';

/** A NaN that no kernel computes; as int32 a large number, as bools neither true nor false. */
const POISON = 0xffa5a5a5;

/**
 * From now on every block of the backend's heap, tensor or scratch, holds nothing but POISON when it is handed out, and
 * one more cache line of it behind its end, which is looked at when it is given back: no kernel may write there. What a
 * kernel leaves unwritten, or takes from behind an input, is wrong then, and not by chance what another run has left.
 */
export function guardHeap({heap}: MnistWasmBackend): void {
  const allocate = heap.allocate.bind(heap);
  const release = heap.release.bind(heap);
  const lines = (bytes: number) => Math.max(1, Math.ceil(bytes / LINE)) * LINE;
  const words = (offset: number, bytes: number) => new Uint32Array(heap.memory.buffer, offset, bytes / 4);
  heap.allocate = (bytes) => {
    const offset = allocate(lines(bytes) + LINE);
    words(offset, lines(bytes) + LINE).fill(POISON);
    return offset;
  };
  heap.release = (offset, bytes) => {
    const behind = words(offset + lines(bytes), LINE).findIndex((word) => word !== POISON);
    release(offset, lines(bytes) + LINE);
    if (behind >= 0) throw new Error(`Byte ${lines(bytes) + 4 * behind} of a block of ${bytes} bytes was written.`);
  };
}
