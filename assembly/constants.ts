/**
 * Reads a constant of a transcendental function, which stands in static data (`memory.data`). Kernels read constants
 * inside their loops: V8 builds a v128.const anew in every iteration (exp 1.23 ns an element), and a dozen constants in
 * locals take a dozen registers. A splatting load is one micro-operation (exp 0.65 ns).
 */

/** A float, in all four lanes. */
// @ts-ignore: decorator
@inline
export function single(constant: usize): v128 {
  return v128.load32_splat(constant);
}

/** A double, in both lanes. */
// @ts-ignore: decorator
@inline
export function double(constant: usize): v128 {
  return v128.load64_splat(constant);
}
