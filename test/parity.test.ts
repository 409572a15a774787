import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import 'mnist-wasm';
import {backend, engine, getKernel, setBackend} from '@tensorflow/tfjs-core';
import type {MnistWasmBackend} from 'mnist-wasm';
import {beforeAll, describe, expect, it} from 'vitest';
import {expectAgreement} from './agreement';
import {allCases} from './cases';
import {difference} from './cases/compare';
import {type Output, runCase} from './cases/run';
import type {KernelCase} from './cases/types';
import {guardHeap} from './guard';

beforeAll(async () => {
  await setBackend('mnist-wasm');
  guardHeap(backend() as MnistWasmBackend);
});

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
    expectAgreement(difference(expected, actual, tolerance, signedZero), 'the CPU backend');
    if (getKernel(kernel, 'wasm')) await checkAgainstTfjsWasm(kernelCase, actual);
  });
});

/** tfjs-backend-wasm lacks dtypes and attributes of many kernels; what it refuses is no result to compare with. */
async function checkAgainstTfjsWasm(kernelCase: KernelCase, actual: Output[]): Promise<void> {
  const {tolerance, signedZero} = kernelCase;
  const tfjsWasm: NonNullable<KernelCase['tfjsWasm']> | object = kernelCase.tfjsWasm ?? {};
  if ('skip' in tfjsWasm) return;
  let theirs: Output[];
  try {
    theirs = await runCase(kernelCase, 'wasm');
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) return;
    restartTfjsWasm();
    throw new Error(`tfjs-backend-wasm traps (${error.message}); if the input is a right one, tfjsWasm: {skip: ...}`);
  }
  const closeness = 'tolerance' in tfjsWasm ? tfjsWasm.tolerance : tolerance;
  const found = difference(theirs, actual, closeness, signedZero);
  if (!('differs' in tfjsWasm)) expectAgreement(found, 'tfjs-backend-wasm');
  else expect(found, `tfjs-backend-wasm agrees, but the case says: ${tfjsWasm.differs}`).toBeDefined();
}

/** A trap leaves its memory in disorder, and every later case would fail; disposing it would call into it again. */
function restartTfjsWasm(): void {
  delete engine().registry.wasm;
}
