import {buf as crc32} from 'crc-32';
import {inflateSync} from 'fflate/browser';

/** Why a zip cannot be read, so that it ends a sentence: `The file is truncated or damaged: ...` */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

/** A file in a zip, as the zip's directory has it. */
export interface ZipEntry {
  name: string;
  isEncrypted: boolean;
  /** 0: stored; 8: deflated. */
  method: number;
  crc32: number;
  packedBytes: number;
  bytes: number;
  /** Where its own header stands. */
  offset: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
/** What a field holds whose value is in a zip64 record, for more than 4 GB. */
const IN_ZIP64 = 0xffffffff;

/**
 * The directory of a zip (APPNOTE.TXT of PKWARE, 4.3). fflate reads it too, but tells no checksums.
 * @throws ZipError where it is damaged.
 */
export function zipEntries(zip: Uint8Array): ZipEntry[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== ENTRY) throw damaged('its directory is broken');
    const nameBytes = view.getUint16(at + 28, true);
    entries.push({
      name: text(zip, at + ENTRY_BYTES, nameBytes),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * What a file in a zip holds. Never more than the bytes that the directory tells are inflated; the checksum is checked.
 * @throws ZipError where it is damaged, or packed in another way than by deflate.
 */
export function unzipEntry(zip: Uint8Array, entry: ZipEntry): Uint8Array {
  const {name, method, bytes, packedBytes, offset} = entry;
  const refuse = (reason: string) => damaged(`${name} ${reason}`);
  if (entry.isEncrypted) throw new ZipError(`encrypted: ${name} cannot be read`);
  if ([bytes, packedBytes, offset].includes(IN_ZIP64)) throw new ZipError(`not read here: ${name} is larger than 4 GB`);
  if (method !== 0 && method !== 8) throw refuse(`is packed by method ${method}, expected 0 (stored) or 8 (deflate)`);
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  if (offset + LOCAL_BYTES > zip.length || view.getUint32(offset, true) !== LOCAL)
    throw refuse('is not where it should be');
  const nameBytes = view.getUint16(offset + 26, true);
  if (text(zip, offset + LOCAL_BYTES, nameBytes) !== name) throw refuse('has another name in its own header');
  const start = offset + LOCAL_BYTES + nameBytes + view.getUint16(offset + 28, true);
  const packed = zip.subarray(start, start + packedBytes);
  if (packed.length !== packedBytes) throw refuse('is cut off');
  const unpacked = method === 0 ? packed : inflate(packed, bytes, refuse);
  if (unpacked.length !== bytes) throw refuse(`has ${unpacked.length} bytes, expected ${bytes}`);
  if (crc32(unpacked) >>> 0 !== entry.crc32) throw refuse('does not have the checksum that was written with it');
  return unpacked;
}

function inflate(packed: Uint8Array, bytes: number, refuse: (reason: string) => ZipError): Uint8Array {
  try {
    // A buffer of the length that the directory tells: more than that is never made.
    return inflateSync(packed, {out: new Uint8Array(bytes)});
  } catch (error) {
    throw refuse(`cannot be inflated: ${(error as Error).message}`);
  }
}

function findEnd(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END && at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength)
      return at;
  }
  throw damaged('it has no directory at its end');
}

function damaged(reason: string): ZipError {
  return new ZipError(`truncated or damaged: ${reason}`);
}

function text(zip: Uint8Array, at: number, length: number): string {
  return new TextDecoder().decode(zip.subarray(at, at + length));
}
