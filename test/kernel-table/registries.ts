import {version_cpu} from '@tensorflow/tfjs-backend-cpu';
import {version_wasm} from '@tensorflow/tfjs-backend-wasm';
import {getKernelsForBackend, version_core} from '@tensorflow/tfjs-core';
import {register} from 'mnist-wasm/native';

export const versions = {
  'tfjs-core': version_core,
  'tfjs-backend-cpu': version_cpu,
  'tfjs-backend-wasm': version_wasm,
};

const kernelsOf = (backend: string): ReadonlySet<string> =>
  new Set(getKernelsForBackend(backend).map(({kernelName}) => kernelName));

// This entry registers native kernels and nothing else; the other one, from then on, all that are missing.
register();
const native = kernelsOf('mnist-wasm');
await import('mnist-wasm');

/** The kernels that each backend has registered; the native ones are among those of mnist-wasm. */
export const registered = {
  native,
  'mnist-wasm': kernelsOf('mnist-wasm'),
  cpu: kernelsOf('cpu'),
  wasm: kernelsOf('wasm'),
};
