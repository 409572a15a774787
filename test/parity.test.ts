import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import 'mnist-wasm';
import {getKernel} from '@tensorflow/tfjs-core';
import {describe, expect, it} from 'vitest';
import {allCases} from './cases';
import {difference} from './cases/compare';
import {type Output, runCase} from './cases/run';
import type {KernelCase} from './cases/types';

const kernels = [...new Set(allCases.map(({kernel}) => kernel))].sort();

describe.for(kernels)('%s', (kernel) => {
  const cases = allCases.filter((c) => c.kernel === kernel && c.test !== false);

  it('has a name for each case', () => {
    const names = allCases.filter((c) => c.kernel === kernel).map(({name}) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.for(cases.map((c) => [c.name, c] as const))('%s', async ([, kernelCase]) => {
    if (kernelCase.throws) {
      await expect(runCase(kernelCase, 'mnist-wasm')).rejects.toThrow(kernelCase.throws);
      return;
    }
    const actual = await runCase(kernelCase, 'mnist-wasm');
    const expected = await runCase(kernelCase, 'cpu');
    const {tolerance, signedZero} = kernelCase;
    expect(difference(expected, actual, tolerance, signedZero), 'from the CPU backend').toBeUndefined();
    if (getKernel(kernel, 'wasm')) await checkAgainstTfjsWasm(kernelCase, actual);
  });
});

/** tfjs-backend-wasm lacks dtypes and attributes of many kernels; what it refuses is no result to compare with. */
async function checkAgainstTfjsWasm(kernelCase: KernelCase, actual: Output[]): Promise<void> {
  const {tfjsWasm, tolerance, signedZero} = kernelCase;
  let theirs: Output[];
  try {
    theirs = await runCase(kernelCase, 'wasm');
  } catch {
    return;
  }
  const differs = tfjsWasm && 'differs' in tfjsWasm;
  const found = difference(
    theirs,
    actual,
    tfjsWasm && 'tolerance' in tfjsWasm ? tfjsWasm.tolerance : tolerance,
    signedZero,
  );
  if (differs) expect(found, `tfjs-backend-wasm now agrees, but the case says: ${tfjsWasm.differs}`).toBeDefined();
  else expect(found, 'from tfjs-backend-wasm').toBeUndefined();
}
