import {BinaryWriter, WireType} from '@bufbuild/protobuf/wire';
import {buf as crc32c} from 'crc-32/crc32c.js';

/** One value of a curve. */
export interface Scalar {
  /** The curve's name: `epoch_loss`. */
  tag: string;
  value: number;
  /** A whole number: the place on the x axis. */
  step: number;
  /** Seconds since 1970. */
  time: number;
}

const HEADER_BYTES = 12;
const FOOTER_BYTES = 4;
const MASK_DELTA = 0xa282ead8;

/** What a file of events begins with: tensorflow.Event with the version of the format. */
export function versionRecord(time: number): Uint8Array {
  const event = new BinaryWriter().tag(1, WireType.Bit64).double(time);
  return record(event.tag(3, WireType.LengthDelimited).string('brain.Event:2').finish());
}

/**
 * A tensorflow.Event with a summary of one value (event.proto, summary.proto), as `simple_value`: every version of
 * TensorBoard reads that, and what PyTorch writes is of this form.
 */
export function scalarRecord({tag, value, step, time}: Scalar): Uint8Array {
  const summary = new BinaryWriter()
    .tag(1, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.LengthDelimited)
    .string(tag)
    .tag(2, WireType.Bit32)
    .float(value)
    .join();
  const event = new BinaryWriter().tag(1, WireType.Bit64).double(time).tag(2, WireType.Varint).int64(step);
  return record(event.tag(5, WireType.LengthDelimited).bytes(summary.finish()).finish());
}

/** A TFRecord: the length as uint64, its checksum, the data, its checksum; little endian. */
function record(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + data.length + FOOTER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc(bytes.subarray(0, 8)), true);
  bytes.set(data, HEADER_BYTES);
  view.setUint32(HEADER_BYTES + data.length, maskedCrc(data), true);
  return bytes;
}

/** Rotated by 15 bits, and a constant added: a checksum of data that has checksums in it is a poor one. */
function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return ((crc >>> 15) | (crc << 17)) + MASK_DELTA;
}
