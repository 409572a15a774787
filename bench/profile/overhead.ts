import {backend, type KernelBackend, type TensorInfo} from '@tensorflow/tfjs-core';
import {type MnistWasmBackend, QUERIES} from '../../src/internal';
import {medianMilliseconds, OF_MODEL} from '../measure';
import {SUBJECT} from '../subject';
import {wrapKernels} from './kernel-clock';

/** What a call of a kernel takes in a training step where nothing is computed. */
export interface Overhead {
  /** Calls of kernels in a step. */
  calls: number;
  /** Microseconds a call: what tfjs takes, and what our part adds to it until the WebAssembly function runs. */
  tfjs: number;
  ours: number;
}

type Results = readonly {many: boolean; infos: readonly Omit<TensorInfo, 'dataId'>[]}[];

/**
 * Measures a training step whose kernels do nothing: with WebAssembly functions that return at once, and with kernels
 * that are not ours and return tensors of the right shapes. The model is of no use afterwards.
 */
export async function measureOverhead(call: () => unknown): Promise<Overhead> {
  const restoreFunctions = replaceFunctions(backend() as MnistWasmBackend);
  const withOurs = await medianMilliseconds(call, OF_MODEL);
  const results = await resultsOf(call);
  const kernels = replaceKernels(results);
  const withTfjs = await medianMilliseconds(() => {
    kernels.begin();
    return call();
  }, OF_MODEL);
  kernels.end();
  restoreFunctions();
  const microseconds = (milliseconds: number) => (milliseconds * 1000) / results.length;
  return {calls: results.length, tfjs: microseconds(withTfjs), ours: microseconds(withOurs - withTfjs)};
}

/** Has WebAssembly functions return at once, but for those that only tell something. */
function replaceFunctions({tensors: {wasm}}: MnistWasmBackend): () => void {
  const original = {...wasm};
  const names = Object.entries(wasm).flatMap(([name, value]) =>
    typeof value === 'function' && !QUERIES.test(name) ? name : [],
  );
  // Sums are finite, and indices right.
  Object.assign(wasm, Object.fromEntries(names.map((name) => [name, () => 1])));
  return () => Object.assign(wasm, original);
}

/** What the kernels return that tfjs calls in a step. */
async function resultsOf(call: () => unknown): Promise<Results> {
  const results: {many: boolean; infos: Omit<TensorInfo, 'dataId'>[]}[] = [];
  let depth = 0;
  const restore = wrapKernels(SUBJECT, ({kernelFunc}) => (args) => {
    depth++;
    try {
      const found = kernelFunc(args);
      const infos = [found].flat().map(({shape, dtype}) => ({shape, dtype}));
      // A kernel may call another.
      if (depth === 1) results.push({many: Array.isArray(found), infos});
      return found;
    } finally {
      depth--;
    }
  });
  await call();
  restore();
  return results;
}

/** A data id that counts its references itself. */
interface Idle {
  references?: number;
}

/** Has kernels return new tensors, one call after the other, and the backend keep no values. */
function replaceKernels(results: Results): {begin: () => void; end: () => void} {
  let next = 0;
  const idle = (): Idle => ({references: 1});
  const restoreKernels = wrapKernels(SUBJECT, () => () => {
    const {many, infos} = results[next++];
    const made = infos.map(({shape, dtype}) => ({dataId: idle(), shape, dtype}));
    return many ? made : made[0];
  });
  const subject = backend() as KernelBackend;
  // Weights are the subject's own until the first step has replaced them.
  const incRef = subject.incRef.bind(subject);
  const disposeData = subject.disposeData.bind(subject);
  const methods: Partial<KernelBackend> = {
    write: idle,
    incRef: (dataId: Idle) => {
      if (dataId.references) dataId.references++;
      else incRef(dataId);
    },
    disposeData: (dataId: Idle, force) => {
      if (!dataId.references) return disposeData(dataId, force);
      dataId.references--;
      return force || dataId.references === 0;
    },
    readSync: () => new Float32Array(1),
    read: async () => new Float32Array(1),
  };
  Object.assign(subject, methods);
  return {
    begin: () => {
      next = 0;
    },
    end: () => {
      restoreKernels();
      for (const name of Object.keys(methods)) delete (subject as unknown as Record<string, unknown>)[name];
    },
  };
}
