/** What dropout multiplies by: 0, or the same value, as the draws of tfjs decide. */
import {operandScratch} from '../memory';
import {itemsOf, jobOf, parallel} from '../threads/pool';
import {MULTIPLIER, multiply, STATE_BYTES, setState, skip} from './alea';

/** Draws in a chunk of a job: 25 us, of which skipping to their beginning takes 1. */
const CHUNK_DRAWS: i32 = 65536;

/**
 * From this many draws on, they are made in four streams, which first have to skip to their beginnings. In order a draw takes
 * 0.7 ns; in streams, of 2048: 0.68, 4096: 0.53, 16384: 0.41, 262144: 0.37 (AMD EPYC Zen 4, Node 20.20, both levels).
 */
const MIN_FOR_STREAMS: i32 = 2048;

@unmanaged
class MaskJob {
  y: usize;
  s0: u32;
  s1: u32;
  s2: u32;
  threshold: u32;
  value: f32;
}

/**
 * y[i] = value where the draw i of alea is at least `threshold`, else 0, for i < n.
 *
 * @param s0 and s1, s2: the generator's words after seeding; its carry is 1
 * @param threshold of a draw times 2^32
 */
export function dropout_mask_f32(y: usize, n: i32, s0: u32, s1: u32, s2: u32, threshold: u32, value: f32): void {
  const job = jobOf<MaskJob>();
  job.y = y;
  job.s0 = s0;
  job.s1 = s1;
  job.s2 = s2;
  job.threshold = threshold;
  job.value = value;
  parallel(drawMask.index, n, itemsOf(CHUNK_DRAWS, 1));
}

function drawMask(first: i32, end: i32): void {
  const job = jobOf<MaskJob>();
  const streams = operandScratch;
  setState(streams, job.s0, job.s1, job.s2, 1);
  skip(streams, first, streams + 4 * STATE_BYTES);
  const n = end - first;
  let y = job.y + ((<usize>first) << 2);
  let state = streams;
  if (n >= MIN_FOR_STREAMS) {
    // Whole vectors; the last stream has the rest.
    const pitch = (<usize>n >> 4) << 4;
    writeStreams(streams, pitch >> 2);
    drawStreams(y, pitch, streams, job.threshold, job.value);
    y += pitch << 2;
    state = streams + 3 * STATE_BYTES;
  }
  drawInOrder(y, job.y + ((<usize>end) << 2), state, job.threshold, job.value);
}

/** Writes three states after the first, each so many steps after the one before it. */
function writeStreams(streams: usize, steps: usize): void {
  const factor = streams + 4 * STATE_BYTES;
  setState(factor, 1, 0, 0, 0);
  skip(factor, <u32>steps, factor + STATE_BYTES);
  for (let i = 0; i < 3; i++) {
    multiply(streams, factor, streams + STATE_BYTES);
    streams += STATE_BYTES;
  }
}

/** Of four streams side by side: y has `pitch` bytes of each, a multiple of 16. Moves the last of the states on. */
function drawStreams(y: usize, pitch: usize, streams: usize, threshold: u32, value: f32): void {
  const thresholds = i32x4.splat(threshold);
  const values = f32x4.splat(value);
  let s0 = wordsOf(streams);
  let s1 = wordsOf(streams + 4);
  let s2 = wordsOf(streams + 8);
  const carries = wordsOf(streams + 12);
  let low = i64x2.extend_low_i32x4_u(carries);
  let high = i64x2.extend_high_i32x4_u(carries);
  const end = y + pitch;
  while (y < end) {
    low = timesLow(s0, low);
    high = timesHigh(s0, high);
    const s3 = lowerWords(low, high);
    low = timesLow(s1, carry(low));
    high = timesHigh(s1, carry(high));
    const s4 = lowerWords(low, high);
    low = timesLow(s2, carry(low));
    high = timesHigh(s2, carry(high));
    const s5 = lowerWords(low, high);
    low = timesLow(s3, carry(low));
    high = timesHigh(s3, carry(high));
    const s6 = lowerWords(low, high);
    low = carry(low);
    high = carry(high);
    s0 = s4;
    s1 = s5;
    s2 = s6;
    // Rows are steps, columns streams; what is stored is the transpose.
    const m3 = v128.and(i32x4.ge_u(s3, thresholds), values);
    const m4 = v128.and(i32x4.ge_u(s4, thresholds), values);
    const m5 = v128.and(i32x4.ge_u(s5, thresholds), values);
    const m6 = v128.and(i32x4.ge_u(s6, thresholds), values);
    const a = v128.shuffle<i32>(m3, m4, 0, 4, 1, 5);
    const b = v128.shuffle<i32>(m5, m6, 0, 4, 1, 5);
    const c = v128.shuffle<i32>(m3, m4, 2, 6, 3, 7);
    const d = v128.shuffle<i32>(m5, m6, 2, 6, 3, 7);
    v128.store(y, v128.shuffle<i64>(a, b, 0, 2));
    v128.store(y + pitch, v128.shuffle<i64>(a, b, 1, 3));
    v128.store(y + 2 * pitch, v128.shuffle<i64>(c, d, 0, 2));
    v128.store(y + 3 * pitch, v128.shuffle<i64>(c, d, 1, 3));
    y += 16;
  }
  setState(
    streams + 3 * STATE_BYTES,
    i32x4.extract_lane(s0, 3),
    i32x4.extract_lane(s1, 3),
    i32x4.extract_lane(s2, 3),
    <u32>i64x2.extract_lane(high, 1),
  );
}

/** The same word of four states. */
// @ts-ignore: decorator
@inline
function wordsOf(word: usize): v128 {
  let words = v128.load32_zero(word);
  words = v128.load32_lane(word + STATE_BYTES, words, 1);
  words = v128.load32_lane(word + 2 * STATE_BYTES, words, 2);
  return v128.load32_lane(word + 3 * STATE_BYTES, words, 3);
}

/** MULTIPLIER * words + carries, of the first two streams. */
// @ts-ignore: decorator
@inline
function timesLow(words: v128, carries: v128): v128 {
  return i64x2.add(i64x2.extmul_low_i32x4_u(words, i32x4.splat(<i32>MULTIPLIER)), carries);
}

/** The same of the last two. */
// @ts-ignore: decorator
@inline
function timesHigh(words: v128, carries: v128): v128 {
  return i64x2.add(i64x2.extmul_high_i32x4_u(words, i32x4.splat(<i32>MULTIPLIER)), carries);
}

// @ts-ignore: decorator
@inline
function lowerWords(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function carry(sums: v128): v128 {
  return i64x2.shr_u(sums, 32);
}

/** y up to `end`, of one stream. */
function drawInOrder(y: usize, end: usize, state: usize, threshold: u32, value: f32): void {
  let s0 = <u64>load<u32>(state);
  let s1 = <u64>load<u32>(state, 4);
  let s2 = <u64>load<u32>(state, 8);
  let carry = <u64>load<u32>(state, 12);
  while (y < end) {
    const sum = MULTIPLIER * s0 + carry;
    s0 = s1;
    s1 = s2;
    s2 = sum & 0xffffffff;
    carry = sum >> 32;
    store<f32>(y, <u32>s2 >= threshold ? value : 0);
    y += 4;
  }
}
