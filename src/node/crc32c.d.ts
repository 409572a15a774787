/** CRC-32C (Castagnoli) of crc-32, which declares the types of its other file alone. */
declare module 'crc-32/crc32c.js' {
  /** @returns an int32: the checksum, its bits taken for a signed number. */
  export function buf(bytes: Uint8Array): number;
}
