import type {FeatureLevel} from '../options.js';

/** The kernels of a level: bytes; or compiled already, where an engine compiles none, for memories that are not shared. */
export type KernelModule =
  | {
      bytes: Uint8Array<ArrayBuffer>;
      /** The offset of the byte that says whether the memory is shared, see scripts/modules.mjs. */
      memoryFlags: number;
    }
  | {compiled: WebAssembly.Module};

/** Gives the kernels of a level. */
export type KernelSource = (level: FeatureLevel) => Promise<KernelModule>;

/** A module in the JavaScript, as build/generated/modules/*.ts have it. */
export interface InlinedModule {
  readonly hex: string;
  readonly memoryFlags: number;
}
