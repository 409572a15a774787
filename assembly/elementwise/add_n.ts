/** Sums of many tensors of one shape. */

@unmanaged
class Floats {
  // @ts-ignore: decorator
  @inline
  add(a: v128, b: v128): v128 {
    return f32x4.add(a, b);
  }
}

@unmanaged
class Integers {
  // @ts-ignore: decorator
  @inline
  add(a: v128, b: v128): v128 {
    return i32x4.add(a, b);
  }
}

/**
 * y[i] = 0 + x0[i] + x1[i] ... in this order, for i < n, n >= 0; up to 15 elements more are read and written.
 *
 * x holds the addresses of the `count` inputs; y may be one of them.
 */
// @ts-ignore: decorator
@inline
function addN<Type>(x: usize, count: i32, y: usize, n: i32): void {
  const type = changetype<Type>(0);
  const bytes = (<usize>n) << 2;
  const end = x + ((<usize>count) << 2);
  let i: usize = 0;
  while (i < bytes) {
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let input = x;
    while (input < end) {
      const from = load<usize>(input) + i;
      a = type.add(a, v128.load(from));
      b = type.add(b, v128.load(from, 16));
      c = type.add(c, v128.load(from, 32));
      d = type.add(d, v128.load(from, 48));
      input += 4;
    }
    v128.store(y + i, a);
    v128.store(y + i, b, 16);
    v128.store(y + i, c, 32);
    v128.store(y + i, d, 48);
    i += 64;
  }
}

export function add_n_f32(x: usize, count: i32, y: usize, n: i32): void {
  addN<Floats>(x, count, y, n);
}
export function add_n_i32(x: usize, count: i32, y: usize, n: i32): void {
  addN<Integers>(x, count, y, n);
}
