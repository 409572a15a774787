import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import 'mnist-wasm';
import {getKernel, setBackend} from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {expectSame} from './agreement';
import {allCases} from './cases';
import type {KernelCase} from './cases/types';
import {guardHeap} from './guard';
import {reference, runPair} from './parity/pair';
import {backend} from './running';

beforeAll(async () => {
  await setBackend('mnist-wasm');
  guardHeap(backend());
});

const kernels = [...new Set(allCases.map(({kernel}) => kernel))].sort();

describe.for(kernels)('%s', (kernel) => {
  const cases = allCases.filter((c) => c.kernel === kernel && c.test !== false);

  it('has a name for each case', () => {
    const names = allCases.filter((c) => c.kernel === kernel).map(({name}) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.for(cases.map((c) => [c.name, c] as const))('%s', async ([, kernelCase]) => {
    const against = reference();
    expectSame(await runPair(kernelCase, {backend: 'mnist-wasm', against}), `tfjs-backend-${against}`);
    if (getKernel(kernel, 'wasm') && !kernelCase.throws) await checkAgainstTfjsWasm(kernelCase);
  });
});

/** tfjs-backend-wasm lacks dtypes and attributes of many kernels; what it refuses is no result to compare with. */
async function checkAgainstTfjsWasm(kernelCase: KernelCase): Promise<void> {
  const tfjsWasm: NonNullable<KernelCase['tfjsWasm']> | object = kernelCase.tfjsWasm ?? {};
  if ('skip' in tfjsWasm) return;
  const closeness = 'tolerance' in tfjsWasm ? {tolerance: tfjsWasm.tolerance} : {};
  const outcome = await runPair({...kernelCase, ...closeness}, {backend: 'mnist-wasm', against: 'wasm'});
  if (outcome.status === 'unsupported') return;
  if (outcome.status === 'trapped') {
    throw new Error(`${outcome.message}; if the input is a right one, tfjsWasm: {skip: ...}`, {cause: outcome.cause});
  }
  if (!('differs' in tfjsWasm)) expectSame(outcome, 'tfjs-backend-wasm');
  else expect(outcome.status, `tfjs-backend-wasm agrees, but the case says: ${tfjsWasm.differs}`).toBe('differs');
}
