import {decodeInlined} from './hex.js';
import type {KernelSource} from './source.js';

const levels = {
  simd: () => import('../../../build/generated/modules/inference-simd.js'),
  relaxed: () => import('../../../build/generated/modules/inference-relaxed.js'),
};

/** What inference calls, from the package's own JavaScript. */
export const kernelsForInference: KernelSource = async (level) => decodeInlined((await levels[level]()).module);
