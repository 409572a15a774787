import {getKernelsForBackend} from '@tensorflow/tfjs-core';
import {register} from 'mnist-wasm/native';
import {describe, expect, it} from 'vitest';
import {families} from './cases';
import {randomCases} from './random';

register();

describe('every native kernel', () => {
  // Nothing but the native kernels is registered by this entry.
  const native = getKernelsForBackend('mnist-wasm').map(({kernelName}) => kernelName);

  // The cases of the fallback have dtypes that no native function takes.
  const cases = Object.entries(families).flatMap(([family, list]) => (family === 'fallback' ? [] : list));

  it.for(native)('%s has cases', (kernel) => {
    expect(cases.filter((c) => c.kernel === kernel && c.test !== false && !c.throws)).not.toHaveLength(0);
  });

  it.for(native)('%s has random cases', (kernel) => {
    expect(Object.keys(randomCases)).toContain(kernel);
  });
});
