import {relaxedSimd, simd} from 'wasm-feature-detect';
import {readEnvironment} from '../../shared/environment.js';
import {nodeProcess} from '../../shared/node-process.js';
import type {FeatureLevel} from '../options.js';

const featureLevels: readonly FeatureLevel[] = ['simd', 'relaxed'];

/**
 * The best level that this engine runs, or `forced`, or what MNIST_WASM_FEATURES names.
 *
 * @throws Error if the engine has no SIMD, or not the level that was asked for.
 */
export async function detectFeatureLevel(forced?: FeatureLevel): Promise<FeatureLevel> {
  if (!(await simd())) {
    throw new Error(
      'mnist-wasm needs WebAssembly SIMD (128-bit), which this JavaScript engine lacks. ' +
        'It is in Chrome and Edge 91, Firefox 89, Safari 16.4, Node 16.4 and later; on x86 it also needs SSE 4.1.',
    );
  }
  const wanted = forced ?? fromEnvironment();
  if (wanted === 'simd') return 'simd';
  if ((await relaxedSimd()) || (enableRelaxedSimdInNode() && (await relaxedSimd()))) return 'relaxed';
  if (wanted === 'relaxed') {
    throw new Error(
      "mnist-wasm: the feature level 'relaxed' was asked for, but this JavaScript engine has no relaxed SIMD. " +
        "Leave the level open, or ask for 'simd'.",
    );
  }
  return 'simd';
}

/** @throws Error if value is not the name of a level. */
export function checkFeatureLevel(value: string, origin: string): FeatureLevel {
  const level = featureLevels.find((known) => known === value);
  if (!level) {
    throw new Error(`mnist-wasm: ${origin} is '${String(value)}'; expected one of: ${featureLevels.join(', ')}.`);
  }
  return level;
}

function fromEnvironment(): FeatureLevel | undefined {
  const value = readEnvironment('MNIST_WASM_FEATURES');
  return value ? checkFeatureLevel(value, 'the environment variable MNIST_WASM_FEATURES') : undefined;
}

/** Node 20 has relaxed SIMD behind a flag that can be set while it runs; modules compiled from then on may use it. */
function enableRelaxedSimdInNode(): boolean {
  const v8 = nodeProcess()?.getBuiltinModule?.('node:v8');
  if (!v8) return false;
  try {
    v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
    return true;
  } catch {
    // Bun and Deno have the function, but not the flag.
    return false;
  }
}
