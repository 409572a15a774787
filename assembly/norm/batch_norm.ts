import {RepeatedFloats} from '../abi';
import {fma} from '../simd';
import {COPY_CHUNK_FLOATS} from '../threads/chunks';
import {itemsOf, jobOf, parallel} from '../threads/pool';

/** Element i of an operand, modulo its length; `otherwise` if it is absent. */
// @ts-ignore: decorator
@inline
function at(operands: usize, index: i32, i: i32, otherwise: f32): f32 {
  const operand = changetype<RepeatedFloats>(operands + <usize>index * offsetof<RepeatedFloats>());
  if (operand.length == 0) return otherwise;
  return load<f32>(operand.address + ((<usize>(i % operand.length)) << 2));
}

@unmanaged
class BatchNormJob {
  x: usize;
  y: usize;
  n: i32;
  period: i32;
  operands: usize;
}

/**
 * y[i] = (x[i] - mean[i]) * scale[i] / sqrt(variance[i] + epsilon) + offset[i] for i < n, float32; the four operands
 * are repeated. x and y are whole blocks, read and written in whole vectors, and may be the same.
 *
 * @param period n or more, or a multiple of the four lengths; a multiple of 4
 * @param params a RepeatedFloats for mean, variance, scale and offset; an absent scale is 1, an absent offset 0
 * @param scratch batch_norm_f32_scratch_bytes(period) bytes
 */
export function batch_norm_f32(
  x: usize,
  y: usize,
  n: i32,
  epsilon: f64,
  period: i32,
  params: usize,
  scratch: usize,
): void {
  const pitch = (<usize>period) << 2;
  for (let i = 0; i < period; i++) {
    const p = scratch + ((<usize>i) << 2);
    const factor = <f64>at(params, 2, i, 1) / Math.sqrt(<f64>at(params, 1, i, 0) + epsilon);
    store<f32>(p, at(params, 0, i, 0));
    store<f32>(p + pitch, <f32>factor);
    store<f32>(p + 2 * pitch, at(params, 3, i, 0));
  }
  const job = jobOf<BatchNormJob>();
  job.x = x;
  job.y = y;
  job.n = n;
  job.period = period;
  job.operands = scratch;
  parallel(normalizeRows.index, (n + period - 1) / period, itemsOf(COPY_CHUNK_FLOATS, period));
}

/** Rows are `period` elements long. */
function normalizeRows(first: i32, end: i32): void {
  const job = jobOf<BatchNormJob>();
  const period = job.period;
  const pitch = (<usize>period) << 2;
  let x = job.x + <usize>first * pitch;
  let y = job.y + <usize>first * pitch;
  let n = min(job.n - first * period, (end - first) * period);
  while (n > 0) {
    let p = job.operands;
    let k = (min(n, period) + 3) >> 2;
    while (k > 0) {
      // Not x * factor + (offset - mean * factor), which cancels where the mean is large compared with the deviation.
      const centred = f32x4.sub(v128.load(x), v128.load(p));
      v128.store(y, fma(centred, v128.load(p + pitch), v128.load(p + 2 * pitch)));
      x += 16;
      y += 16;
      p += 16;
      k--;
    }
    n -= period;
  }
}

/** The scratch that batch_norm_f32 needs, in bytes. */
export function batch_norm_f32_scratch_bytes(period: i32): f64 {
  return 12 * <f64>period;
}
