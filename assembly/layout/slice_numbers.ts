/**
 * The number of the slice of a tensor that each row of indices names: y[i] = the sum over j of indices[i, j]
 * strides[j], uint32, for i < n. indices are [n, rank], int32; both sizes >= 0.
 *
 * @param slices the number of slices
 * @param strides of the indexed dimensions, in slices, uint32
 * @returns -1, or the first row that names no slice; y is undefined then
 */
export function slice_numbers(indices: usize, y: usize, n: i32, rank: i32, slices: f64, strides: usize): i32 {
  const end = strides + ((<usize>rank) << 2);
  for (let i = 0; i < n; i++) {
    // As on tfjs-backend-cpu, only the sum must be in range: an index below 0 passes if the one before it makes up for
    // it.
    let slice: f64 = 0;
    for (let p = strides; p < end; p += 4) {
      slice += <f64>load<i32>(indices) * <f64>load<u32>(p);
      indices += 4;
    }
    if (!(slice >= 0 && slice < slices)) return i;
    store<u32>(y, <u32>slice);
    y += 4;
  }
  return -1;
}
