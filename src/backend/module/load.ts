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
    module = WebAssembly.compile(Uint8Array.from(atob(base64[level]), (char) => char.charCodeAt(0)));
    compiled.set(level, module);
  }
  return module;
}

/** Instantiates the kernels on a memory. */
export async function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<KernelExports> {
  const instance = await WebAssembly.instantiate(module, {env: {memory}});
  return instance.exports as unknown as KernelExports;
}
