import type {FeatureLevel} from 'mnist-wasm';
import {medianMilliseconds} from './measure';
import {instantiatePeak} from './peak';

/** Gigabytes that are read or written in a second. */
export interface MemorySpeed {
  /** Where all of it stays in a core's second cache, or the third. */
  cached: number;
  /** Where it comes from memory, and goes back there. */
  uncached: number;
}

const MEBIBYTE = 2 ** 20;
/** What a copy reads and writes. */
const SIZES = {cached: 3 * MEBIBYTE, uncached: 64 * MEBIBYTE};
const START = 1024;
const PAGE_BYTES = 65536;

/** How fast this machine copies now. */
export async function measureMemorySpeed(level: FeatureLevel): Promise<MemorySpeed> {
  const memory = new WebAssembly.Memory({initial: 1 + SIZES.uncached / PAGE_BYTES});
  const copy = (await instantiatePeak(level, memory)).copy_f32 as (x: number, y: number, n: number) => void;
  const speedOf = async (bytes: number) =>
    bytes / (await medianMilliseconds(() => copy(START, START + bytes / 2, bytes / 2))) / 1e6;
  return {cached: await speedOf(SIZES.cached), uncached: await speedOf(SIZES.uncached)};
}
