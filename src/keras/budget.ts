import {engine, tidy, util} from '@tensorflow/tfjs-core';
import {reasonOf} from '../shared/reason.js';
import {type BuiltModel, buildModel} from './build.js';
import {checkConfig} from './check-config.js';
import {KerasError} from './error.js';
import type {JsonObject} from './json.js';
import {checkLimit} from './limits.js';

/**
 * The model of a configuration. Nothing of it takes memory that a file of this length should not ask for, and nothing else
 * that was made on the way stays: layers that were tried, and what tfjs-layers' initializers forget.
 *
 * @throws KerasError as `buildModel`, and where the configuration is damaged or asks for more than `limit` bytes.
 */
export function buildWithin(limit: number, config: JsonObject, version: string): BuiltModel {
  checkConfig(config, version);
  const {registeredVariables} = engine();
  const before = new Set(Object.values(registeredVariables));
  const kept = new Set<unknown>(before);
  try {
    const built = tidy(() => withinLimit(limit, () => buildModel(config, version)) as never) as BuiltModel;
    for (const weight of built.model.weights) kept.add(weight.read());
    return built;
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    // A value is not what it always is.
    throw new KerasError(`The file's configuration is damaged, or not as Keras writes it: ${reasonOf(error)}.`, {
      cause: error,
    });
  } finally {
    for (const variable of Object.values(registeredVariables)) if (!kept.has(variable)) variable.dispose();
  }
}

/**
 * Runs `build`, which makes tensors of no more than `limit` bytes together: a layer's weights are made with the layer, and
 * a configuration of a few kilobytes can ask for any shape.
 *
 * @throws KerasError before the tensor that would be too much.
 */
function withinLimit<T>(limit: number, build: () => T): T {
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
