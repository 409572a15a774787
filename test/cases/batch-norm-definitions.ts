/** The kernels of batch normalisation that are this project's own, by their definitions, in double precision. */
import type {KernelConfig, TensorInfo} from '@tensorflow/tfjs-core';
import type {Cpu} from './cpu';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => (values.length > 0 ? sum(values) / values.length : 0);

const varianceOf = (values: readonly number[]) => {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
};

/** The columns of a tensor: what has the same index along the last axis. */
function columnsOf(cpu: Cpu, {dataId, shape}: TensorInfo): number[][] {
  const values = cpu.readSync(dataId);
  const size = shape[shape.length - 1];
  return Array.from({length: size}, (_, j) => Array.from(values).filter((_value, i) => i % size === j));
}

const row = (cpu: Cpu, values: readonly number[]) =>
  cpu.makeTensorInfo([values.length], 'float32', Float32Array.from(values));

export const batchNormDefinitions: readonly KernelConfig[] = [
  {
    kernelName: 'BatchNormTraining',
    backendName: 'cpu',
    kernelFunc: ({inputs, attrs, backend}) => {
      const cpu = backend as Cpu;
      const [x, scale, offset] = [inputs.x, inputs.scale, inputs.offset] as TensorInfo[];
      const {varianceEpsilon} = attrs as {varianceEpsilon: number};
      const columns = columnsOf(cpu, x);
      // Rounded, as they are returned: a large mean is not that of the digits which the deviations have.
      const means = columns.map((column) => Math.fround(mean(column)));
      const variances = columns.map((column) => Math.fround(varianceOf(column)));
      const [scales, offsets] = [scale, offset].map(({dataId}) => cpu.readSync(dataId));
      const y = Float32Array.from(cpu.readSync(x.dataId), (value, i) => {
        const j = i % columns.length;
        return ((value - means[j]) * scales[j]) / Math.sqrt(variances[j] + varianceEpsilon) + offsets[j];
      });
      return [cpu.makeTensorInfo(x.shape, 'float32', y), row(cpu, means), row(cpu, variances)];
    },
  },
  {
    kernelName: 'BatchNormSums',
    backendName: 'cpu',
    kernelFunc: ({inputs, backend}) => {
      const cpu = backend as Cpu;
      const [gradients, columns] = [inputs.dy, inputs.x].map((tensor) => columnsOf(cpu, tensor as TensorInfo));
      const means = cpu.readSync((inputs.mean as TensorInfo).dataId);
      const products = columns.map((column, j) => sum(column.map((x, i) => gradients[j][i] * (x - means[j]))));
      return [row(cpu, gradients.map(sum)), row(cpu, products)];
    },
  },
];
