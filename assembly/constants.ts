/**
 * The constants of the transcendental functions, in the CONSTANTS area. A kernel reads them inside its loop: V8 builds
 * a v128.const anew in every iteration (exp 1.23 ns an element), and keeping a dozen of them in locals costs as many
 * registers. A splatting load costs one micro-operation (exp 0.65 ns).
 *
 * Slots: floats 0 to 31 are math.ts's; doubles 16 to 127 are those of elementwise/double/.
 */
import {CONSTANTS} from './memory';

/** The float in a slot, in all four lanes. */
// @ts-ignore: decorator
@inline
export function single(slot: i32): v128 {
  return v128.load32_splat(CONSTANTS + ((<usize>slot) << 2));
}

/** The double in a slot, in both lanes. */
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
