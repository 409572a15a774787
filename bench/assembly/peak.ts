import {fma} from '../../assembly/simd';

/**
 * 12 independent multiply-adds on vectors, n times, in registers only: 96 * n floating-point operations. What is
 * stored at y keeps the compiler from dropping them.
 */
export function peak_f32(y: usize, n: i32): void {
  const a = v128.load(y),
    b = v128.load(y, 16);
  let x0 = a,
    x1 = a,
    x2 = a,
    x3 = a,
    x4 = a,
    x5 = a,
    x6 = a,
    x7 = a,
    x8 = a,
    x9 = a,
    x10 = a,
    x11 = a;
  while (n > 0) {
    x0 = fma(a, b, x0);
    x1 = fma(a, b, x1);
    x2 = fma(a, b, x2);
    x3 = fma(a, b, x3);
    x4 = fma(a, b, x4);
    x5 = fma(a, b, x5);
    x6 = fma(a, b, x6);
    x7 = fma(a, b, x7);
    x8 = fma(a, b, x8);
    x9 = fma(a, b, x9);
    x10 = fma(a, b, x10);
    x11 = fma(a, b, x11);
    n--;
  }
  const sum = f32x4.add(
    f32x4.add(f32x4.add(x0, x1), f32x4.add(x2, x3)),
    f32x4.add(f32x4.add(x4, x5), f32x4.add(x6, x7)),
  );
  v128.store(y, f32x4.add(sum, f32x4.add(f32x4.add(x8, x9), f32x4.add(x10, x11))), 32);
}
