import {broadcast_util, type TensorInfo, util} from '@tensorflow/tfjs-core';
import {GemmPacking} from '../../../../assembly/abi.js';
import type {Tensors} from '../../tensors.js';
import {isRowBias} from './fused.js';
import {multiplyIntegers} from './integerMatMul.js';

/**
 * op(a) op(b), batched over the leading dimensions, which are broadcast; float32, int32 or bool, both alike.
 *
 * @param bias added to every row of a float32 product without batches, if it is float32 with one value for each column;
 * otherwise ignored
 * @throws Error if the inner dimensions differ or the batches cannot be broadcast.
 */
export function matMul(
  tensors: Tensors,
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  bias: TensorInfo | undefined,
): TensorInfo {
  const rankA = a.shape.length;
  const rankB = b.shape.length;
  util.assert(
    rankA >= 2 && rankB >= 2,
    () => `Error in matMul: got tensors of shapes [${a.shape}] and [${b.shape}], expected at least 2 dimensions.`,
  );
  const m = a.shape[transposeA ? rankA - 1 : rankA - 2];
  const k = a.shape[transposeA ? rankA - 2 : rankA - 1];
  const n = b.shape[transposeB ? rankB - 2 : rankB - 1];
  const kOfB = b.shape[transposeB ? rankB - 1 : rankB - 2];
  util.assert(
    k === kOfB,
    () =>
      `Error in matMul: inner shapes (${k}) and (${kOfB}) of Tensors with shapes ${a.shape} and ${b.shape} and ` +
      `transposeA=${transposeA} and transposeB=${transposeB} must match.`,
  );
  const outerA = a.shape.slice(0, -2);
  const outerB = b.shape.slice(0, -2);
  const outer = broadcast_util.assertAndGetBroadcastShape(outerA, outerB);
  const batch = util.sizeFromShape(outer);
  const c = tensors.allocate([...outer, m, n], a.dtype);
  if (batch * m * n === 0) return c;
  if (a.dtype !== 'float32') {
    const indices = [broadcastIndices(outerA, outer), broadcastIndices(outerB, outer)] as const;
    multiplyIntegers(tensors, a, b, c, transposeA, transposeB, indices);
    return c;
  }

  const {wasm} = tensors;
  const packing = wasm.gemm_f32_packing(m, n, transposeB);
  const packsB = !transposeB && (packing === GemmPacking.b || packing === GemmPacking.both);
  tensors.withScratch(wasm.gemm_f32_scratch_bytes(m, n, k, transposeB), (scratch) => {
    const [offsetA, offsetB, offsetC] = [tensors.offset(a), tensors.offset(b), tensors.offset(c)];
    if (batch === 1) {
      const offsetBias = bias && isRowBias(bias, n) ? tensors.offset(bias) : 0;
      // The last: what is allocated afterwards might free it.
      const packedB = packsB
        ? tensors.packedWeights(b, {
            key: n,
            bytes: wasm.packed_b_f32_bytes(n, k) >>> 0,
            pack: (from, to) => wasm.pack_b_f32(from, to, n, k),
          })
        : undefined;
      if (packedB !== undefined) {
        wasm.gemm_packed_f32(offsetA, packedB, offsetC, m, n, k, transposeA, offsetBias, scratch);
        return;
      }
      wasm.gemm_f32(offsetA, offsetB, offsetC, m, n, k, transposeA, transposeB, offsetBias, scratch);
      return;
    }
    const batchA = util.sizeFromShape(outerA);
    const batchB = util.sizeFromShape(outerB);
    if (isWhole(batchA, batch) && isWhole(batchB, batch)) {
      const stepA = batchA === 1 ? 0 : m * k * 4;
      const stepB = batchB === 1 ? 0 : k * n * 4;
      wasm.batch_matmul_f32(offsetA, stepA, offsetB, stepB, offsetC, batch, m, n, k, transposeA, transposeB, scratch);
      return;
    }
    const indexA = broadcastIndices(outerA, outer);
    const indexB = broadcastIndices(outerB, outer);
    for (let i = 0; i < batch; i++) {
      const matrixA = offsetA + indexA[i] * m * k * 4;
      const matrixB = offsetB + indexB[i] * k * n * 4;
      wasm.gemm_f32(matrixA, matrixB, offsetC + i * m * n * 4, m, n, k, transposeA, transposeB, 0, scratch);
    }
  });
  return c;
}

/** Whether there is one matrix for all products, or one for each. */
function isWhole(batchOfOne: number, batch: number): boolean {
  return batchOfOne === 1 || batchOfOne === batch;
}

/** For each flat index of the broadcast shape, the flat index into `shape` that it reads. */
function broadcastIndices(shape: number[], broadcast: number[]): number[] {
  const strides = util.computeStrides([...shape, 1]);
  const missing = broadcast.length - shape.length;
  const outStrides = util.computeStrides([...broadcast, 1]);
  return Array.from({length: util.sizeFromShape(broadcast)}, (_, flat) => {
    const position = util.indexToLoc(flat, broadcast.length, outStrides);
    return shape.reduce((sum, size, axis) => sum + (size === 1 ? 0 : position[axis + missing] * strides[axis]), 0);
  });
}
