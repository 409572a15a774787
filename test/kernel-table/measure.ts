import {backend, type DataType, setBackend} from '@tensorflow/tfjs-core';
import type {MnistWasmBackend} from '../../src/internal';
import {allCases} from '../cases';
import {compare, type MeasuredError, worstOf} from '../cases/compare';
import type {Output} from '../cases/run';
import {widestTolerance} from '../cases/tolerance';
import type {KernelCase, Tolerance} from '../cases/types';
import {reference, runBoth} from '../parity/pair';

/** What running its cases tells of a kernel. */
export interface Measurement {
  /** Those that no case sent through the fallback: of the argument, or the result, that has the most. */
  nativeDtypes: DataType[];
  /** The widest of the cases' tolerances; undefined where no result is a float. */
  tolerance: Tolerance | undefined;
  /** In the sense of that tolerance. */
  worst: MeasuredError;
}

/** A case with what both backends made of it. */
interface Result {
  kernelCase: KernelCase;
  actual: Output[];
  expected: Output[];
  throughFallback: boolean;
}

const OURS = 'mnist-wasm';

/** Runs the cases of a kernel on mnist-wasm and the CPU backend; undefined where it has none. */
export async function measureKernel(kernel: string): Promise<Measurement | undefined> {
  const results: Result[] = [];
  for (const kernelCase of allCases) {
    if (kernelCase.kernel !== kernel || kernelCase.test === false || kernelCase.throws) continue;
    results.push(await run(kernelCase));
  }
  if (results.length === 0) return undefined;
  // The fallback gives tfjs-backend-cpu's own results: they tell nothing of a native kernel.
  const native = results.filter(({throughFallback}) => !throughFallback);
  const telling = native.length > 0 ? native : results;
  const inexact = telling.filter(({expected}) => expected.some(({dtype}) => FLOATS.includes(dtype)));
  const tolerance = widestTolerance(inexact.map(({kernelCase}) => kernelCase.tolerance ?? {}));
  const errors = telling.map(({expected, actual}) => compare(expected, actual, tolerance).worst);
  return {
    nativeDtypes: nativeDtypes(results),
    tolerance: inexact.length > 0 ? tolerance : undefined,
    worst: worstOf(errors) as MeasuredError,
  };
}

const FLOATS: readonly DataType[] = ['float32', 'complex64'];

async function run(kernelCase: KernelCase): Promise<Result> {
  await setBackend(OURS);
  const {fallback} = (backend() as MnistWasmBackend).tensors;
  if (!fallback) throw new Error(`${OURS} runs without its fallback`);
  const {run: runFallback} = fallback;
  let throughFallback = false;
  fallback.run = (...call) => {
    throughFallback = true;
    return runFallback(...call);
  };
  try {
    const outputs = await runBoth(kernelCase, {backend: OURS, against: reference()});
    if (outputs.status === 'done') return {kernelCase, ...outputs, throughFallback};
    throw new Error(`${kernelCase.kernel} ${kernelCase.name}: ${outputs.message}`, {cause: outputs.cause});
  } finally {
    fallback.run = runFallback;
  }
}

const DTYPES: readonly DataType[] = ['float32', 'int32', 'bool', 'complex64', 'string'];

function nativeDtypes(results: readonly Result[]): DataType[] {
  const native: Record<string, Partial<Record<DataType, boolean>>> = {};
  for (const {kernelCase, expected, throughFallback} of results) {
    const inputs = Object.entries(kernelCase.inputs).map(([name, {dtype = 'float32'}]) => [name, dtype] as const);
    const outputs = expected.map(({dtype}, i) => [`output ${i}`, dtype] as const);
    for (const [name, dtype] of [...inputs, ...outputs]) {
      native[name] ??= {};
      native[name][dtype] = !throughFallback && (native[name][dtype] ?? true);
    }
  }
  const lists = Object.values(native).map((dtypes) => DTYPES.filter((dtype) => dtypes[dtype]));
  return lists.reduce((longest, list) => (list.length > longest.length ? list : longest), []);
}
