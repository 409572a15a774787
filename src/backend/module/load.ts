import type {instantiate} from '../../../build/wasm/relaxed.js';
import relaxedBase64 from '../../../build/wasm/relaxed.wasm';
import simdBase64 from '../../../build/wasm/simd.wasm';
import type {FeatureLevel} from '../options.js';

/** The functions that assembly/index.ts exports: pointers and counts in, at most one number out. */
export type KernelExports = Awaited<ReturnType<typeof instantiate>>;

/** The names of the exported functions. */
export type KernelExportName = keyof KernelExports;

const base64: Record<FeatureLevel, string> = {simd: simdBase64, relaxed: relaxedBase64};
const compiled = new Map<FeatureLevel, Promise<WebAssembly.Module>>();

/** The inlined kernels of a level, compiled once in a realm, since tfjs may dispose and create backends often. */
export function compileKernels(level: FeatureLevel): Promise<WebAssembly.Module> {
  let module = compiled.get(level);
  if (!module) {
    module = WebAssembly.compile(decodeBase64(base64[level]));
    compiled.set(level, module);
  }
  return module;
}

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
