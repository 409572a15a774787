import type {KernelExports} from '../../src/internal';

/** A function of one float32, and the same in double. */
export interface Elementary {
  name: string;
  run: (wasm: KernelExports, x: number, y: number, n: number) => void;
  exact: (x: number) => number;
}

const of = (
  name: string,
  run: (wasm: KernelExports) => (x: number, y: number, n: number) => void,
  exact: (x: number) => number,
): Elementary => ({name, run: (wasm, x, y, n) => run(wasm)(x, y, n), exact});

/** A function of two float32. */
export interface Binary {
  name: string;
  run: (wasm: KernelExports, a: number, b: number, y: number, n: number) => void;
  exact: (a: number, b: number) => number;
}

/** Computed in double and rounded once. */
export const binaryFunctions: readonly Binary[] = [
  {name: 'pow', run: (wasm, a, b, y, n) => wasm.pow_f32(a, b, y, n, 0, 0, 0, 0), exact: Math.pow},
  {name: 'atan2', run: (wasm, a, b, y, n) => wasm.atan2_f32(a, b, y, n, 0, 0, 0, 0), exact: Math.atan2},
  {name: 'hypot', run: (wasm, a, b, y, n) => wasm.hypot_f32(a, b, y, n, 0, 0, 0, 0), exact: Math.hypot},
];

/** Those that are computed in single, then those that are computed in double and rounded once. */
export const functions: readonly Elementary[] = [
  of('exp', (wasm) => wasm.exp_f32, Math.exp),
  of('expm1', (wasm) => wasm.expm1_f32, Math.expm1),
  of('log', (wasm) => wasm.log_f32, Math.log),
  of('sigmoid', (wasm) => wasm.sigmoid_f32, sigmoid),
  of('tanh', (wasm) => wasm.tanh_f32, Math.tanh),
  of('softplus', (wasm) => wasm.softplus_f32, softplus),
  of('acos', (wasm) => wasm.acos_f32, Math.acos),
  of('acosh', (wasm) => wasm.acosh_f32, Math.acosh),
  of('asin', (wasm) => wasm.asin_f32, Math.asin),
  of('asinh', (wasm) => wasm.asinh_f32, Math.asinh),
  of('atan', (wasm) => wasm.atan_f32, Math.atan),
  of('atanh', (wasm) => wasm.atanh_f32, Math.atanh),
  of('cos', (wasm) => wasm.cos_f32, Math.cos),
  of('cosh', (wasm) => wasm.cosh_f32, Math.cosh),
  of('erf', (wasm) => wasm.erf_f32, erf),
  of('log1p', (wasm) => wasm.log1p_f32, Math.log1p),
  of('sin', (wasm) => wasm.sin_f32, Math.sin),
  of('sinh', (wasm) => wasm.sinh_f32, Math.sinh),
  of('tan', (wasm) => wasm.tan_f32, Math.tan),
];

function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** By the series of positive terms: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
