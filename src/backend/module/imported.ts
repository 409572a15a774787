import type {KernelSource} from './source.js';

/** As bundlers for Workers and edge functions know an import of a compiled module. */
const levels = {
  simd: () => import('mnist-wasm/wasm/simd.wasm?module'),
  relaxed: () => import('mnist-wasm/wasm/relaxed.wasm?module'),
};

/** All kernels, as modules that the runtime has compiled: for those that compile no bytes. */
export const allKernels: KernelSource = async (level) => ({compiled: (await levels[level]()).default});
