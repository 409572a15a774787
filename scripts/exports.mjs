/** The exports of a module in the binary format, https://webassembly.github.io/spec/core/binary. */

const EXPORT_SECTION = 7;
export const MAGIC_AND_VERSION_BYTES = 8;

/**
 * A module without some of its exports; the functions stay.
 *
 * @param {Uint8Array} module
 * @param {(name: string) => boolean} isLeftOut
 * @returns {Uint8Array}
 */
export function withoutExports(module, isLeftOut) {
  const parts = [module.subarray(0, MAGIC_AND_VERSION_BYTES)];
  for (let at = MAGIC_AND_VERSION_BYTES; at < module.length; ) {
    const length = numberAt(module, at + 1);
    const end = length.end + length.value;
    if (module[at] === EXPORT_SECTION) {
      const content = keptExports(module, length.end, isLeftOut);
      parts.push(Buffer.concat([Uint8Array.of(EXPORT_SECTION), encoded(content.length), content]));
    } else {
      parts.push(module.subarray(at, end));
    }
    at = end;
  }
  return Buffer.concat(parts);
}

function keptExports(module, start, isLeftOut) {
  const count = numberAt(module, start);
  const kept = [];
  let at = count.end;
  for (let i = 0; i < count.value; i++) {
    const name = numberAt(module, at);
    const nameEnd = name.end + name.value;
    // A byte for its kind, then its index.
    const {end} = numberAt(module, nameEnd + 1);
    if (!isLeftOut(Buffer.from(module.subarray(name.end, nameEnd)).toString())) kept.push(module.subarray(at, end));
    at = end;
  }
  return Buffer.concat([encoded(kept.length), ...kept]);
}

/** An unsigned number in LEB128, and where it ends. */
export function numberAt(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return {value: value >>> 0, end: at};
  }
}

function encoded(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Uint8Array.of(...bytes, value);
}
