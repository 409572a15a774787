import type {ModelCase} from '../models';
import {type Activation, type LayerPlan, paddingOf} from '../models/plan';
import type {Jax, JaxArray} from './jax-api';

/**
 * Whether the functions below can run it. What they lack is in models whose convolutions would take jax-js many seconds a
 * step.
 */
export function canRun(plan: readonly LayerPlan[], task: ModelCase['task']): boolean {
  return plan.every(({type}) => type !== 'batchNormalization' && (type !== 'dropout' || task === 'inference'));
}

/** Weights and bias of each product: [out, in, height, width] for a convolution, [in, out] for a dense layer. */
export function createParameters({numpy}: Jax, plan: readonly LayerPlan[]): JaxArray[] {
  const weights = (shape: readonly number[], fanIn: number) => draw(numpy, shape, -1, 1).mul(Math.sqrt(6 / fanIn));
  return plan.flatMap((layer) => {
    if (layer.type === 'dense') {
      return [weights([layer.inputs, layer.outputs], layer.inputs), draw(numpy, [layer.outputs], 0, 0)];
    }
    if (layer.type !== 'convolution') return [];
    const [inputs, outputs] = [layer.input[2], layer.output[2]];
    const filter = [outputs, inputs, ...layer.size];
    return [weights(filter, inputs * layer.size[0] * layer.size[1]), draw(numpy, [1, outputs, 1, 1], 0, 0)];
  });
}

/** What the last layer gives, before its softmax. NCHW, in which jax-js convolves. */
export function logits(jax: Jax, plan: readonly LayerPlan[], parameters: JaxArray[], images: JaxArray): JaxArray {
  const remaining = [...parameters];
  const next = () => remaining.shift() as JaxArray;
  return plan.reduce((x, layer) => {
    if (layer.type === 'convolution') {
      const y = jax.lax.convGeneralDilated(x, next(), layer.strides, paddingOf(layer)).add(next());
      return activate(jax, layer.activation, y);
    }
    if (layer.type === 'dense') return activate(jax, layer.activation, jax.numpy.matmul(x, next()).add(next()));
    if (layer.type === 'maxPooling') return jax.lax.reduceWindow(x, jax.numpy.max, layer.size, layer.strides);
    if (layer.type === 'flatten') return x.reshape([x.shape[0], -1]);
    return x;
  }, images);
}

function activate({nn}: Jax, activation: Activation, x: JaxArray): JaxArray {
  return activation === 'relu' ? nn.relu(x) : x;
}

/** Numbers between two. */
export function draw(numpy: Jax['numpy'], shape: readonly number[], low = 0, high = 1): JaxArray {
  const values = Float32Array.from({length: shape.reduce((a, b) => a * b)}, () => low + (high - low) * Math.random());
  return numpy.array(values).reshape(shape);
}
