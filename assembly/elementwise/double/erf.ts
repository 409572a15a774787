/** The error function on two doubles, for results that are rounded to float32 once. */
import {double} from '../../constants';
import {fmaDouble} from '../../simd';
import {exp2} from './exponential';
import {copySign} from './halves';

const ONE = memory.data<f64>([1], 8);
// erf(4) = 1 - 1.5e-8, which float32 rounds to 1.
const LARGEST = memory.data<f64>([4], 8);
// erf(x) = x (C1 + C3 x^2 + ...) for |x| <= 1, within 2^-29 of itself.
const SMALL_C1 = memory.data<f64>([1.12837916572671264], 8);
const SMALL_C3 = memory.data<f64>([-0.376126258242434324], 8);
const SMALL_C5 = memory.data<f64>([0.112835851487177421], 8);
const SMALL_C7 = memory.data<f64>([-0.0268538119390286224], 8);
const SMALL_C9 = memory.data<f64>([0.00518832769209062329], 8);
const SMALL_C11 = memory.data<f64>([-0.000801019367791864375], 8);
const SMALL_C13 = memory.data<f64>([0.0000785386152497250037], 8);
// erf(x) = 1 - 2^-(C0 + C1 x + ...) for x from 1 to 4, within 2^-29 of itself; the signs are those of the exponent.
const LARGE_C0 = memory.data<f64>([-0.000462492557210015509], 8);
const LARGE_C1 = memory.data<f64>([-1.62616494166913854], 8);
const LARGE_C2 = memory.data<f64>([-0.92045707452293576], 8);
const LARGE_C3 = memory.data<f64>([-0.148912376796536242], 8);
const LARGE_C4 = memory.data<f64>([0.0315800723468266466], 8);
const LARGE_C5 = memory.data<f64>([-0.00427054047510741752], 8);
const LARGE_C6 = memory.data<f64>([0.000270656346347954395], 8);

@unmanaged
export class Erf {
  // @ts-ignore: decorator
  @inline
  apply(x: v128): v128 {
    const one = double(ONE);
    const y = f64x2.pmin(f64x2.abs(x), double(LARGEST));
    const z = f64x2.mul(y, y);
    let p = fmaDouble(z, double(SMALL_C13), double(SMALL_C11));
    p = fmaDouble(z, p, double(SMALL_C9));
    p = fmaDouble(z, p, double(SMALL_C7));
    p = fmaDouble(z, p, double(SMALL_C5));
    p = fmaDouble(z, p, double(SMALL_C3));
    p = fmaDouble(z, p, double(SMALL_C1));
    let q = fmaDouble(y, double(LARGE_C6), double(LARGE_C5));
    q = fmaDouble(y, q, double(LARGE_C4));
    q = fmaDouble(y, q, double(LARGE_C3));
    q = fmaDouble(y, q, double(LARGE_C2));
    q = fmaDouble(y, q, double(LARGE_C1));
    q = fmaDouble(y, q, double(LARGE_C0));
    const small = f64x2.mul(y, p);
    const large = f64x2.sub(one, exp2(q));
    return copySign(v128.bitselect(small, large, f64x2.lt(y, one)), x);
  }
}
