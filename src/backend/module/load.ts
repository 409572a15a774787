import type {instantiate} from '../../../build/wasm/relaxed.js';
import type {FeatureLevel} from '../options.js';
import type {KernelModule, KernelSource} from './source.js';

/** The functions that assembly/index.ts exports: pointers and counts in, at most one number out. */
export type KernelExports = Awaited<ReturnType<typeof instantiate>>;

/** The names of the exported functions. */
export type KernelExportName = keyof KernelExports;

/** The flags of a memory that has a maximum, and of one that is shared too. */
const BOUNDED = 1;
const SHARED = 3;

/** Loaded and compiled once in a realm, since tfjs may dispose and create backends often. */
const loaded = new WeakMap<KernelSource, Map<FeatureLevel, Promise<KernelModule>>>();
const compiled = new WeakMap<KernelModule, Map<boolean, Promise<WebAssembly.Module>>>();

/** The kernels of a level. */
export function loadKernels(source: KernelSource, level: FeatureLevel): Promise<KernelModule> {
  return once(entryOf(loaded, source), level, () => source(level));
}

/** A module of kernels, for a memory that is shared or not; that of kernels which came compiled is for one that is not. */
export async function compileKernels(kernels: KernelModule, isShared: boolean): Promise<WebAssembly.Module> {
  if ('compiled' in kernels) return kernels.compiled;
  return once(entryOf(compiled, kernels), isShared, () => {
    const {bytes, memoryFlags} = kernels;
    if (isShared) bytes[memoryFlags] = SHARED;
    // compile() copies the bytes before it returns.
    const module = WebAssembly.compile(bytes);
    bytes[memoryFlags] = BOUNDED;
    return module;
  });
}

function entryOf<Key extends object, K, V>(maps: WeakMap<Key, Map<K, V>>, key: Key): Map<K, V> {
  const map = maps.get(key) ?? new Map<K, V>();
  maps.set(key, map);
  return map;
}

/** Makes a value once; again where that has failed, as a chunk of a page can fail to load. */
function once<K, V>(made: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const known = made.get(key);
  if (known) return known;
  const value = make();
  made.set(key, value);
  value.catch(() => made.delete(key));
  return value;
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

/** Instantiates the kernels on a memory. */
export async function instantiateKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Promise<KernelExports> {
  const instance = await WebAssembly.instantiate(module, {env: {memory}});
  return instance.exports as unknown as KernelExports;
}
