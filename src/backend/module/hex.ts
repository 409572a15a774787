import type {InlinedModule, KernelModule} from './source.js';

interface Decoders {
  Uint8Array: {fromHex?(text: string): Uint8Array<ArrayBuffer>};
  Buffer?: {from(text: string, encoding: 'hex'): Uint8Array<ArrayBuffer>};
}

export function decodeInlined({hex, memoryFlags}: InlinedModule): KernelModule {
  return {bytes: decodeHex(hex), memoryFlags};
}

/**
 * The bytes of hexadecimal text, in lower case, by what the engine has. Compressed, such text takes a tenth more than the
 * bytes; base64, whose characters are no whole bytes, half as much again.
 */
function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const decoders = globalThis as unknown as Decoders;
  if (decoders.Uint8Array.fromHex) return decoders.Uint8Array.fromHex(text);
  if (decoders.Buffer) return decoders.Buffer.from(text, 'hex');
  const codes = new TextEncoder().encode(text);
  // Letters have bit 6, and begin at 1 in the lower four.
  const digit = (code: number) => (code & 15) + 9 * (code >> 6);
  const bytes = new Uint8Array(codes.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = 16 * digit(codes[2 * i]) + digit(codes[2 * i + 1]);
  return bytes;
}
