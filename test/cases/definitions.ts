import {backend_util, getKernel, type KernelConfig, registerKernel, type TensorInfo, util} from '@tensorflow/tfjs-core';

/** What a kernel of the backend `cpu` may use of it. */
interface Cpu {
  readSync(dataId: TensorInfo['dataId']): ArrayLike<number>;
  makeTensorInfo(shape: number[], dtype: TensorInfo['dtype'], values: Uint8Array | Float32Array): TensorInfo;
}

const BACKEND = 'cpu';

/**
 * Kernels that tfjs-backend-cpu lacks, by their definitions. Ours are compared with these, as with tfjs-backend-cpu's own:
 * a kernel beyond tfjs's is added here.
 */
const definitions: readonly KernelConfig[] = [
  {
    kernelName: 'LogicalXor',
    backendName: BACKEND,
    kernelFunc: ({inputs: {a, b}, backend}) =>
      combine(backend as Cpu, a as TensorInfo, b as TensorInfo, (x, y) => (x !== y ? 1 : 0)),
  },
];

/** Registers the definitions for the backend `cpu`, which has registered its own kernels before. */
export function registerDefinitions(): void {
  for (const definition of definitions) {
    if (!getKernel(definition.kernelName, BACKEND)) registerKernel(definition);
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

/** The element of an operand that belongs to element i of the broadcast shape. */
function broadcastReader(cpu: Cpu, {dataId, shape}: TensorInfo, broadcast: readonly number[]): (i: number) => number {
  const values = cpu.readSync(dataId);
  const missing = broadcast.length - shape.length;
  return (i) => {
    let rest = i;
    let index = 0;
    let stride = 1;
    for (let d = shape.length - 1; d >= 0; d--) {
      const size = broadcast[d + missing];
      if (shape[d] !== 1) index += (rest % size) * stride;
      stride *= shape[d];
      rest = Math.floor(rest / size);
    }
    return values[index];
  };
}
