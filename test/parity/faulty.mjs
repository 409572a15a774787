/**
 * A backend 'faulty' for the test of the parity tool: tfjs-backend-cpu's kernels, some of them wrong, each in another
 * way. Where one depends on the size, the other sizes show whether the run goes on.
 */
import {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';
import {getKernel, registerBackend, registerKernel, util} from '@tensorflow/tfjs-core';

const NAME = 'faulty';
const SIZE = 7;

/** What is done before the CPU backend's kernel is called, by the number of elements of the first input. */
const before = {
  Abs() {},
  Square() {
    throw new Error('Square is for another day');
  },
  Relu(size, backend) {
    if (backend.inDisorder) throw new Error('the memory is in disorder');
    if (size !== SIZE) return;
    backend.inDisorder = true;
    throw new WebAssembly.RuntimeError('unreachable');
  },
  Floor(size) {
    while (size >= SIZE);
  },
  Ceil(size) {
    if (size === SIZE) process.exit(3);
  },
  Exp(size, backend) {
    if (size === SIZE) backend.makeTensorInfo([1], 'float32', [0]);
  },
  Greater(_size, _backend, shape) {
    // As no case of the table is.
    while (shape.length > 1 && shape[0] === SIZE);
  },
};

/** What becomes of the values that the CPU backend's kernel gives. */
const after = {
  Neg(values) {
    if (values.length === SIZE) values[3] += 0.5;
  },
  Maximum(values) {
    if (values.length > 20) values[20]++;
  },
};

registerBackend(NAME, () => new MathBackendCPU());
for (const kernelName of [...Object.keys(before), ...Object.keys(after)]) {
  const {kernelFunc} = getKernel(kernelName, 'cpu');
  registerKernel({
    kernelName,
    backendName: NAME,
    kernelFunc(call) {
      const [{shape}] = Object.values(call.inputs);
      before[kernelName]?.(util.sizeFromShape(shape), call.backend, shape);
      const result = kernelFunc(call);
      after[kernelName]?.(call.backend.data.get(result.dataId).values);
      return result;
    },
  });
}
