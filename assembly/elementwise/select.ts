/** y[i] = t[i] where condition[i] is 1, else e[i], for i < n, n >= 0; up to 15 elements more are read and written. */

/** Elements of four bytes. */
export function select_32(condition: usize, t: usize, e: usize, y: usize, n: i32): void {
  const end = condition + n;
  while (condition < end) {
    const chosen = i8x16.eq(v128.load(condition), i8x16.splat(1));
    const low = i16x8.extend_low_i8x16_s(chosen);
    const high = i16x8.extend_high_i8x16_s(chosen);
    v128.store(y, v128.bitselect(v128.load(t), v128.load(e), i32x4.extend_low_i16x8_s(low)));
    v128.store(y, v128.bitselect(v128.load(t, 16), v128.load(e, 16), i32x4.extend_high_i16x8_s(low)), 16);
    v128.store(y, v128.bitselect(v128.load(t, 32), v128.load(e, 32), i32x4.extend_low_i16x8_s(high)), 32);
    v128.store(y, v128.bitselect(v128.load(t, 48), v128.load(e, 48), i32x4.extend_high_i16x8_s(high)), 48);
    condition += 16;
    t += 64;
    e += 64;
    y += 64;
  }
}

/** Elements of one byte. */
export function select_8(condition: usize, t: usize, e: usize, y: usize, n: i32): void {
  const end = condition + n;
  while (condition < end) {
    const chosen = i8x16.eq(v128.load(condition), i8x16.splat(1));
    v128.store(y, v128.bitselect(v128.load(t), v128.load(e), chosen));
    condition += 16;
    t += 16;
    e += 16;
    y += 16;
  }
}

/** Whole rows of rowBytes: row r of t where condition[r] is 1, else of e, for r < rows. */
export function select_rows(condition: usize, t: usize, e: usize, y: usize, rows: i32, rowBytes: i32): void {
  let offset: usize = 0;
  while (rows > 0) {
    memory.copy(y + offset, (load<u8>(condition) == 1 ? t : e) + offset, rowBytes);
    offset += rowBytes;
    condition++;
    rows--;
  }
}
