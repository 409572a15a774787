/** What a GEMM packs, and how large its blocks are; both depend on its sizes alone. */
import {GemmPacking} from '../abi';
import {GEMM_BLOCKS_AT_ONCE} from '../threads/chunks';
import {threadCount} from '../threads/pool';
import {KC, MC, NC, PACK_A_MIN_N, PACK_B_MIN_M} from '../tuning';
import {A_STEP, panelRowBytes} from './pack';

/** How gemm_f32 reads its operands. */
export function gemm_f32_packing(m: i32, n: i32, transposeB: bool): GemmPacking {
  return gemmPacking(m, n, transposeB);
}

/** The scratch that gemm_f32 needs for these arguments, in bytes. */
export function gemm_f32_scratch_bytes(m: i32, n: i32, k: i32, transposeB: bool): usize {
  const packing = gemmPacking(m, n, transposeB);
  const bytesA = <usize>blocksAtOnce(m) * packedABytes(m, k);
  if (packing == GemmPacking.a) return bytesA;
  if (packing == GemmPacking.b) return packedBBytes(n, k);
  return packing == GemmPacking.both ? bytesA + packedBBytes(n, k) : 0;
}

/** Bytes of a matrix B, K x N, as pack_b_f32 lays it out. */
export function packed_b_f32_bytes(n: i32, k: i32): usize {
  return panelRowBytes(n) * k;
}

/**
 * Packing reads and writes B once, which pays only from some number of rows of A on. A transposed B is always packed:
 * the micro-kernels read rows of op(B).
 */
export function gemmPacking(m: i32, n: i32, transposeB: bool): GemmPacking {
  if (m == 1 && !transposeB) return GemmPacking.row;
  if (transposeB || m >= PACK_B_MIN_M) return n >= PACK_A_MIN_N ? GemmPacking.both : GemmPacking.b;
  return n >= PACK_A_MIN_N ? GemmPacking.a : GemmPacking.none;
}

/**
 * Rows of A in a block, at most MC. Blocks are as equal as possible: a small last block would leave tiles partly empty.
 */
export function rowsOfBlock(m: i32): i32 {
  const blocks = (m + MC - 1) / MC;
  return (m + blocks - 1) / blocks;
}

/** Blocks of A that are packed and multiplied together. One thread packs the next where the last one was, in its cache. */
export function blocksAtOnce(m: i32): i32 {
  return threadCount() == 1 ? 1 : min(GEMM_BLOCKS_AT_ONCE, (m + rowsOfBlock(m) - 1) / rowsOfBlock(m));
}

/** Bytes of a packed block of A: as if all panels had five rows, which is the most they can take. */
export function packedABytes(m: i32, k: i32): usize {
  return <usize>(((rowsOfBlock(m) + 4) / 5) * min(k, KC)) * A_STEP;
}

/** Bytes of a packed block of B. */
export function packedBBytes(n: i32, k: i32): usize {
  return panelRowBytes(min(n, NC)) * min(k, KC);
}
