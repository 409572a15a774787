import {readFile} from 'node:fs/promises';
import type {FeatureLevel} from 'mnist-wasm';
import {medianMilliseconds} from './measure';

const ITERATIONS = 1_000_000;
const FLOPS_PER_ITERATION = 96;

/**
 * What this machine's core does now, in GFLOP/s: independent 128-bit multiply-adds in registers, nothing else. At the
 * simd level they are a multiplication and an addition each.
 */
export async function measurePeakGflops(level: FeatureLevel): Promise<number> {
  const memory = new WebAssembly.Memory({initial: 1});
  const peak = (await instantiatePeak(level, memory)).peak_f32 as (y: number, n: number) => void;
  // Normal numbers that stay finite: denormals and infinities have speeds of their own.
  new Float32Array(memory.buffer).fill(1e-3);
  const milliseconds = await medianMilliseconds(() => peak(1024, ITERATIONS));
  return (ITERATIONS * FLOPS_PER_ITERATION) / milliseconds / 1e6;
}

/** The benchmark's own functions, of bench/assembly. */
export async function instantiatePeak(level: FeatureLevel, memory: WebAssembly.Memory): Promise<WebAssembly.Exports> {
  const bytes = await readFile(new URL(`./peak-${level}.wasm`, import.meta.url));
  const {instance} = await WebAssembly.instantiate(bytes, {env: {memory}});
  return instance.exports;
}
