import {damaged} from '../hdf5.js';

const SIGNATURE = [0x47, 0x43, 0x4f, 0x4c]; // GCOL
const HEADER_BYTES = 16;

/**
 * Looks through the collections of strings in an HDF5 file (global heaps, HDF5 File Format Specification III.E). HDF5
 * itself goes from object to object by the lengths that they tell, and where one tells 0 it never ends.
 *
 * @throws KerasError where one is broken, or the file is not of 64 bits, as all that h5py writes are.
 */
export function checkGlobalHeaps(file: Uint8Array): void {
  checkWidths(file);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = file.indexOf(SIGNATURE[0]); at !== -1; at = file.indexOf(SIGNATURE[0], at + 1)) {
    if (SIGNATURE.every((byte, i) => file[at + i] === byte)) checkCollection(view, at);
  }
}

function checkCollection(view: DataView, start: number): void {
  // Another version, or numbers that look like it: HDF5 does not go on either.
  if (start + HEADER_BYTES > view.byteLength || view.getUint32(start + 4, true) !== 1) return;
  const end = start + Number(view.getBigUint64(start + 8, true));
  if (end > view.byteLength) return;
  // Less than a header is left over at the end, and not used.
  for (let at = start + HEADER_BYTES; at + HEADER_BYTES <= end; ) {
    const index = view.getUint16(at, true);
    const size = Number(view.getBigUint64(at + 8, true));
    // The free space has the index 0, and its length counts its header.
    const step = index === 0 ? size : HEADER_BYTES + 8 * Math.ceil(size / 8);
    if (step < HEADER_BYTES || at + step > end) throw damaged(`object ${index} of its strings is ${size} bytes long`);
    at += step;
  }
}

/** The superblock tells how many bytes addresses and lengths have. */
function checkWidths(file: Uint8Array): void {
  const widths = file.subarray(file[8] < 2 ? 13 : 9).subarray(0, 2);
  if (widths.some((bytes) => bytes !== 8))
    throw damaged(`its addresses and lengths have ${widths.join(' and ')} bytes`);
}
