import type Binaryen from 'binaryen';
import {STATIC_DATA} from '../../assembly/abi.js';

type Module = Binaryen.Module;

/** Functions up to this size are inlined: that of assembly/threads/pool.ts that runs a job, without its threads. */
const INLINE_SIZE = 40;
/** Turns what is known of a value into simpler code. */
const FOLD = ['precompute-propagate', 'vacuum', 'dce', 'simplify-locals', 'vacuum', 'remove-unused-brs', 'vacuum'];

/**
 * Leaves of a module what its exports need. That there is one thread is known once the functions that could tell
 * otherwise are gone; and where a job's task is known, no table keeps the tasks of the others.
 *
 * @param memory what the module's memory begins with, up to the end of the kernels' static data
 * @returns a new module
 */
export function optimize(binaryen: typeof Binaryen, module: Module, memory: Uint8Array): Module {
  binaryen.setOptimizeLevel(3);
  binaryen.setShrinkLevel(0);
  binaryen.setAlwaysInlineMaxSize(INLINE_SIZE);
  module.runPasses(['remove-unused-module-elements', 'simplify-globals', ...FOLD]);
  const folded = binaryen.parseText(foldStaticLoads(module.emitText(), memory));
  folded.setFeatures(module.getFeatures());
  folded.runPasses(['inlining-optimizing', ...FOLD, 'directize', 'remove-unused-module-elements']);
  folded.runPasses(['dae-optimizing', 'code-folding', 'memory-packing', 'reorder-locals']);
  return folded;
}

/**
 * Puts the value in place of a load from the kernels' static data, which nothing writes: AssemblyScript reads the index
 * of a function there. Binaryen has no pass for it, and no way from an expression to what is in it.
 */
function foldStaticLoads(text: string, memory: Uint8Array): string {
  const words = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  return text.replace(/\(i32\.load\s+\(i32\.const (\d+)\)\s*\)/g, (load, address: string) =>
    Number(address) >= STATIC_DATA && Number(address) < memory.length
      ? `(i32.const ${words.getInt32(Number(address), true)})`
      : load,
  );
}
