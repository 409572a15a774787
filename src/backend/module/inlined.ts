import {decodeInlined} from './hex.js';
import type {KernelSource} from './source.js';

/** Only the level that is asked for is loaded: 70 kB of a page, compressed. */
const levels = {
  simd: () => import('../../../build/generated/modules/simd.js'),
  relaxed: () => import('../../../build/generated/modules/relaxed.js'),
};

/** All kernels, from the package's own JavaScript. */
export const allKernels: KernelSource = async (level) => decodeInlined((await levels[level]()).module);
