import {fma} from './simd';
export function test(x: usize, y: usize, n: i32): void {
  v128.store(y, fma(v128.load(x), v128.load(x), v128.load(y)));
}
