import {
  getKernelsForBackend,
  type KernelConfig,
  type KernelFunc,
  registerKernel,
  unregisterKernel,
} from '@tensorflow/tfjs-core';

/** What one name took, its callees excluded. */
export interface Spent {
  calls: number;
  milliseconds: number;
}

/** Counts and times what runs inside each other, each without what it calls. */
export class KernelClock {
  readonly spent = new Map<string, Spent>();
  /** What the callees of the running calls took, the innermost last. */
  private readonly callees: number[] = [];

  /** Runs something under a name. */
  time<T>(name: string, run: () => T): T {
    this.callees.push(0);
    const start = performance.now();
    try {
      return run();
    } finally {
      const elapsed = performance.now() - start;
      const own = elapsed - (this.callees.pop() ?? 0);
      if (this.callees.length > 0) this.callees[this.callees.length - 1] += elapsed;
      const spent = this.spent.get(name) ?? {calls: 0, milliseconds: 0};
      spent.calls++;
      spent.milliseconds += own;
      this.spent.set(name, spent);
    }
  }
}

/** Has every call of a backend's kernels timed, until the function that it returns is called. */
export function timeKernels(backendName: string, clock: () => KernelClock): () => void {
  return wrapKernels(
    backendName,
    ({kernelName, kernelFunc}) =>
      (call) =>
        clock().time(kernelName, () => kernelFunc(call)),
  );
}

/** Puts others in the place of a backend's kernels, until the function that it returns is called. */
export function wrapKernels(backendName: string, wrap: (kernel: KernelConfig) => KernelFunc): () => void {
  const originals = getKernelsForBackend(backendName);
  const replace = (config: KernelConfig) => {
    unregisterKernel(config.kernelName, backendName);
    registerKernel(config);
  };
  for (const original of originals) replace({...original, kernelFunc: wrap(original)});
  return () => originals.forEach(replace);
}
