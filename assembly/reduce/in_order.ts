import {toInt32} from '../simd';

/** Tags of the operations. */
export class Sum {}
export class Mean {}
export class Prod {}

/**
 * y[o, i] = Op over r of x[o, r, i], one element after another in float64, as in JavaScript: for reductions whose
 * result depends on the order. x is [outer, n, inner], y is [outer, inner]; all sizes >= 0.
 */
// @ts-ignore: decorator
@inline
export function reduceInOrder<Op, In, Out>(x: usize, y: usize, outer: i32, n: i32, inner: i32): void {
  const pitch = <usize>inner * sizeof<In>();
  while (outer > 0) {
    for (let i = 0; i < inner; i++) {
      let p = x + <usize>i * sizeof<In>();
      let result: f64 = idof<Op>() == idof<Prod>() ? 1 : 0;
      let k = n;
      while (k > 0) {
        if (idof<Op>() == idof<Prod>()) result *= <f64>load<In>(p);
        else result += <f64>load<In>(p);
        p += pitch;
        k--;
      }
      if (idof<Op>() == idof<Mean>() && n > 0) result /= <f64>n;
      if (isInteger<Out>()) store<i32>(y, toInt32(result));
      else store<f32>(y, <f32>result);
      y += 4;
    }
    x += <usize>n * pitch;
    outer--;
  }
}
