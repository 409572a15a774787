import {
  backend_util,
  dropout,
  getKernel,
  type KernelConfig,
  ones,
  registerKernel,
  type TensorInfo,
  tidy,
  unregisterKernel,
  util,
} from '@tensorflow/tfjs-core';
import {batchNormDefinitions} from './batch-norm-definitions';
import {corrected, corrections} from './corrections';
import {broadcastReader, type Cpu} from './cpu';

const BACKEND = 'cpu';

/**
 * Kernels that tfjs-backend-cpu lacks, by their definitions. Ours are compared with these, as with tfjs-backend-cpu's own:
 * a kernel beyond tfjs's is added here.
 */
const definitions: readonly KernelConfig[] = [
  ...batchNormDefinitions,
  {
    kernelName: 'LogicalXor',
    backendName: BACKEND,
    kernelFunc: ({inputs: {a, b}, backend}) =>
      combine(backend as Cpu, a as TensorInfo, b as TensorInfo, (x, y) => (x !== y ? 1 : 0)),
  },
  {
    kernelName: 'DropoutMask',
    backendName: BACKEND,
    kernelFunc: ({attrs, backend}) => {
      const {shape, rate, seed} = attrs as {shape: number[]; rate: number; seed: string};
      const mask = tidy(() => dropout(ones(shape), rate, undefined, seed).dataSync<'float32'>().slice());
      return (backend as Cpu).makeTensorInfo(shape, 'float32', mask);
    },
  },
];

let isCorrected = false;

/** Registers definitions and corrections for the backend `cpu`, which has registered its own kernels before. */
export function registerDefinitions(): void {
  for (const definition of definitions) {
    if (!getKernel(definition.kernelName, BACKEND)) registerKernel(definition);
  }
  if (isCorrected) return;
  isCorrected = true;
  for (const kernelName of Object.keys(corrections)) {
    const kernel = corrected(kernelName, BACKEND);
    if (!kernel) continue;
    unregisterKernel(kernelName, BACKEND);
    registerKernel(kernel);
  }
}

/** A function of two bools, broadcast. */
function combine(cpu: Cpu, a: TensorInfo, b: TensorInfo, of: (x: number, y: number) => number): TensorInfo {
  const shape = backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const [readA, readB] = [a, b].map((operand) => broadcastReader(cpu, operand, shape));
  const size = util.sizeFromShape(shape);
  return cpu.makeTensorInfo(
    shape,
    'bool',
    Uint8Array.from({length: size}, (_, i) => of(readA(i), readB(i))),
  );
}
