import {engine, util} from '@tensorflow/tfjs-core';
import {checkLimit} from './limits.js';

/**
 * Runs `build`, which makes tensors of no more than `limit` bytes together: a layer's weights are made with the layer, and
 * a configuration of a few kilobytes can ask for any shape.
 *
 * @throws KerasError before the tensor that would be too much.
 */
export function withinLimit<T>(limit: number, build: () => T): T {
  const target = engine();
  const {makeTensor} = target;
  let bytes = 0;
  target.makeTensor = (values, shape, dtype, backend) => {
    bytes += util.sizeFromShape(shape) * util.bytesPerElement(dtype === 'string' ? 'float32' : dtype);
    checkLimit("The model's weights", bytes, limit);
    return makeTensor.call(target, values, shape, dtype, backend);
  };
  try {
    return build();
  } finally {
    target.makeTensor = makeTensor;
  }
}
