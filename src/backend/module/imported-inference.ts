import type {KernelSource} from './source.js';

const levels = {
  simd: () => import('mnist-wasm/wasm/inference-simd.wasm?module'),
  relaxed: () => import('mnist-wasm/wasm/inference-relaxed.wasm?module'),
};

/** What inference calls, as modules that the runtime has compiled. */
export const kernelsForInference: KernelSource = async (level) => ({compiled: (await levels[level]()).default});
