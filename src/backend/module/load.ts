import {memoryLimits} from '../../../build/generated/memoryLimits.js';
import type {instantiate} from '../../../build/wasm/relaxed.js';
import relaxedBase64 from '../../../build/wasm/relaxed.wasm';
import simdBase64 from '../../../build/wasm/simd.wasm';
import type {FeatureLevel} from '../options.js';

/** The functions that assembly/index.ts exports: pointers and counts in, at most one number out. */
export type KernelExports = Awaited<ReturnType<typeof instantiate>>;

/** The names of the exported functions. */
export type KernelExportName = keyof KernelExports;

const base64: Record<FeatureLevel, string> = {simd: simdBase64, relaxed: relaxedBase64};
const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** The flags of a memory that has a maximum and is shared. */
const SHARED = 3;

/**
 * The inlined kernels of a level, for a memory that is shared or not: compiled once in a realm, since tfjs may dispose and
 * create backends often.
 */
export function compileKernels(level: FeatureLevel, shared: boolean): Promise<WebAssembly.Module> {
  const key = `${level} ${shared}`;
  let module = compiled.get(key);
  if (!module) {
    const bytes = kernelBytes(level);
    if (shared) bytes[memoryLimits[level]] = SHARED;
    module = WebAssembly.compile(bytes);
    compiled.set(key, module);
  }
  return module;
}

/** The inlined kernels of a level, as a module for a memory that is not shared. */
export function kernelBytes(level: FeatureLevel): Uint8Array<ArrayBuffer> {
  return decodeBase64(base64[level]);
}

/** A memory that may grow to so many bytes, of whole pages; undefined if it is to be shared and cannot be. */
export function createMemory(maxBytes: number, shared: boolean): WebAssembly.Memory | undefined {
  const maximum = Math.max(1, Math.floor(Math.min(maxBytes, MAX_PAGES * PAGE) / PAGE));
  if (!shared) return new WebAssembly.Memory({initial: 1, maximum});
  try {
    return new WebAssembly.Memory({initial: 1, maximum, shared});
  } catch {
    // The address space of a shared memory is reserved when it is made.
    return undefined;
  }
}

const PAGE = 65536;
const MAX_PAGES = 65536;

interface Decoders {
  Uint8Array: {fromBase64?(text: string): Uint8Array<ArrayBuffer>};
  Buffer?: {from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer>};
}

/**
 * The bytes of base64 text, by what the engine has: the 320 kB of a module take 0.2 ms where one call does it, 4 ms in the
 * loop (Node 20.20), and 20 with a callback for each character.
 */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const decoders = globalThis as unknown as Decoders;
  if (decoders.Uint8Array.fromBase64) return decoders.Uint8Array.fromBase64(text);
  if (decoders.Buffer) return decoders.Buffer.from(text, 'base64');
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** Instantiates the kernels on a memory. */
export async function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<KernelExports> {
  const instance = await WebAssembly.instantiate(module, {env: {memory}});
  return instance.exports as unknown as KernelExports;
}
