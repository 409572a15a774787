import type {TensorInfo} from '@tensorflow/tfjs-core';

/** What a kernel of the backend `cpu` may use of it. */
export interface Cpu {
  readSync(dataId: TensorInfo['dataId']): ArrayLike<number>;
  makeTensorInfo(shape: number[], dtype: TensorInfo['dtype'], values: Uint8Array | Float32Array): TensorInfo;
  disposeIntermediateTensorInfo(tensor: TensorInfo): void;
}

/** The element of an operand that belongs to element i of the broadcast shape. */
export function broadcastReader(
  cpu: Cpu,
  {dataId, shape}: TensorInfo,
  broadcast: readonly number[],
): (i: number) => number {
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
