/**
 * The constants of the transcendental functions, in the CONSTANTS area. Kernels read them inside their loops: V8 builds
 * a v128.const anew in every iteration (exp 1.23 ns an element), and a dozen constants in locals take a dozen
 * registers. A splatting load is one micro-operation (exp 0.65 ns).
 *
 * Slots: floats 0 to 31 belong to math.ts, doubles 16 to 127 to elementwise/double/.
 */
import {CONSTANTS} from './memory';

/** The float of a slot, in all four lanes. */
// @ts-ignore: decorator
@inline
export function single(slot: i32): v128 {
  return v128.load32_splat(CONSTANTS + ((<usize>slot) << 2));
}

/** The double of a slot, in both lanes. */
// @ts-ignore: decorator
@inline
export function double(slot: i32): v128 {
  return v128.load64_splat(CONSTANTS + ((<usize>slot) << 3));
}

export function setSingle(slot: i32, value: f32): void {
  store<f32>(CONSTANTS + ((<usize>slot) << 2), value);
}

export function setDouble(slot: i32, value: f64): void {
  store<f64>(CONSTANTS + ((<usize>slot) << 3), value);
}
