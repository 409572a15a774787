/**
 * Evaluates a chain of element-wise operations chunk by chunk, so that intermediate results stay in the first-level
 * cache.
 */
import {InstructionWords} from '../abi';
import {copy_bytes} from '../layout/copy';
import {addFloats} from '../simd';
import {CHAIN_CHUNK_OPERATIONS} from '../threads/chunks';
import {ownPart} from '../threads/parts';
import {itemsOf, jobOf, parallel} from '../threads/pool';
import {elu_f32, leaky_relu_f32, relu_f32, relu6_f32, selu_f32, sigmoid_f32, step_f32, tanh_f32} from './activation';
import {abs_f32, clip_f32, floor_f32, neg_f32, reciprocal_f32, rsqrt_f32, sqrt_f32, square_f32} from './arithmetic';
import {
  add_f32,
  elu_grad_f32,
  maximum_f32,
  minimum_f32,
  multiply_f32,
  prelu_f32,
  real_div_f32,
  squared_difference_f32,
  sub_f32,
} from './binary';
import {
  adam_quotient_f32,
  blend_f32,
  blend_square_f32,
  multiply_add_f32,
  multiply_step_f32,
  root_quotient_f32,
} from './fused';
import {Opcode} from './opcode';
import {exp_f32, log_f32} from './transcendental';

@unmanaged
class EvaluationJob {
  program: usize;
  length: i32;
  n: i32;
  chunk: i32;
  registerBytes: usize;
}

/**
 * Runs `length` instructions for each chunk of the elements i < n, n >= 0. An address that advances is that of a whole
 * tensor, one that stays that of a register: a chunk of the first thread's. It may read and write 15 elements past an
 * end.
 *
 * @param program InstructionWords, one after another
 * @param chunk elements, a multiple of 16
 * @param registerBytes from the registers of one thread to those of the next
 */
export function evaluate(program: usize, length: i32, n: i32, chunk: i32, registerBytes: usize): void {
  const job = jobOf<EvaluationJob>();
  job.program = program;
  job.length = length;
  job.n = n;
  job.chunk = chunk;
  job.registerBytes = registerBytes;
  parallel(evaluateChunks.index, (n + chunk - 1) / chunk, itemsOf(CHAIN_CHUNK_OPERATIONS, <f64>chunk * <f64>length));
}

function evaluateChunks(first: i32, end: i32): void {
  const job = jobOf<EvaluationJob>();
  const chunk = job.chunk;
  evaluateRange(job.program, job.length, first * chunk, min(job.n, end * chunk), chunk, ownPart(0, job.registerBytes));
}

/**
 * The same for the elements from `first`, a multiple of chunk, up to n, with the registers that are `shift` bytes after
 * the first thread's.
 */
export function evaluateRange(program: usize, length: i32, first: i32, n: i32, chunk: i32, shift: usize): void {
  const end = program + <usize>length * offsetof<InstructionWords>();
  for (let start = first; start < n; start += chunk) {
    const count = min(chunk, n - start);
    // Where a mask is not set, the address is of a register.
    const moved = ((<usize>start) << 2) - shift;
    for (let at = program; at < end; at += offsetof<InstructionWords>()) {
      const i = changetype<InstructionWords>(at);
      const a = i.a + shift + (moved & i.maskA);
      const b = i.b + shift + (moved & i.maskB);
      const c = i.c + shift + (moved & i.maskC);
      execute(i.opcode, a, b, c, i.y + shift + (moved & i.maskY), count, i.p, i.q, i.r);
    }
  }
}

function execute(opcode: Opcode, a: usize, b: usize, c: usize, y: usize, n: i32, p: f32, q: f32, r: f32): void {
  switch (opcode) {
    case Opcode.abs_f32:
      abs_f32(a, y, n);
      break;
    case Opcode.adam_quotient_f32:
      adam_quotient_f32(a, b, y, n, p, q, r);
      break;
    case Opcode.add_to:
      addFloats(a, y, n);
      break;
    case Opcode.add_f32:
      add_f32(a, b, y, n, 0, 0, 0, 0);
      break;
    case Opcode.blend_f32:
      blend_f32(a, b, y, n, p, q);
      break;
    case Opcode.blend_square_f32:
      blend_square_f32(a, b, y, n, p, q);
      break;
    case Opcode.clip_f32:
      clip_f32(a, y, n, p, q);
      break;
    case Opcode.copy_bytes:
      copy_bytes(a, y, (<usize>n) << 2);
      break;
    case Opcode.elu_f32:
      elu_f32(a, y, n);
      break;
    case Opcode.elu_grad_f32:
      elu_grad_f32(a, b, y, n, 0, 0, 0, 0);
      break;
    case Opcode.exp_f32:
      exp_f32(a, y, n);
      break;
    case Opcode.floor_f32:
      floor_f32(a, y, n);
      break;
    case Opcode.leaky_relu_f32:
      leaky_relu_f32(a, y, n, p);
      break;
    case Opcode.log_f32:
      log_f32(a, y, n);
      break;
    case Opcode.maximum_f32:
      maximum_f32(a, b, y, n, 0, 0, 0, 0);
      break;
    case Opcode.minimum_f32:
      minimum_f32(a, b, y, n, 0, 0, 0, 0);
      break;
    case Opcode.multiply_add_f32:
      multiply_add_f32(a, b, c, y, n);
      break;
    case Opcode.multiply_step_f32:
      multiply_step_f32(a, b, y, n, p);
      break;
    case Opcode.multiply_f32:
      multiply_f32(a, b, y, n, 0, 0, 0, 0);
      break;
    case Opcode.neg_f32:
      neg_f32(a, y, n);
      break;
    case Opcode.prelu_f32:
      prelu_f32(a, b, y, n, 0, 0, 0, 0);
      break;
    case Opcode.real_div_f32:
      real_div_f32(a, b, y, n, 0, 0, 0, 0);
      break;
    case Opcode.reciprocal_f32:
      reciprocal_f32(a, y, n);
      break;
    case Opcode.relu6_f32:
      relu6_f32(a, y, n);
      break;
    case Opcode.relu_f32:
      relu_f32(a, y, n);
      break;
    case Opcode.root_quotient_f32:
      root_quotient_f32(a, b, y, n, p, q);
      break;
    case Opcode.rsqrt_f32:
      rsqrt_f32(a, y, n);
      break;
    case Opcode.selu_f32:
      selu_f32(a, y, n, p, q);
      break;
    case Opcode.sigmoid_f32:
      sigmoid_f32(a, y, n);
      break;
    case Opcode.sqrt_f32:
      sqrt_f32(a, y, n);
      break;
    case Opcode.square_f32:
      square_f32(a, y, n);
      break;
    case Opcode.squared_difference_f32:
      squared_difference_f32(a, b, y, n, 0, 0, 0, 0);
      break;
    case Opcode.step_f32:
      step_f32(a, y, n, p);
      break;
    case Opcode.sub_f32:
      sub_f32(a, b, y, n, 0, 0, 0, 0);
      break;
    case Opcode.tanh_f32:
      tanh_f32(a, y, n);
      break;
  }
}
