const HEADER_BYTES = 8;
const CODE_SECTION = 10;

/** Of a WebAssembly module, in bytes. */
export interface ModuleSize {
  all: number;
  /** What stands in its code section. */
  code: number;
}

export function sizeOfModule(bytes: Uint8Array): ModuleSize {
  let at = HEADER_BYTES;
  while (at < bytes.length) {
    const section = bytes[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      size |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    if (section === CODE_SECTION) return {all: bytes.length, code: size};
    at += size;
  }
  return {all: bytes.length, code: 0};
}
