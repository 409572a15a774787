import {initializers} from '@tensorflow/tfjs-layers';

type Initializer = ReturnType<typeof initializers.glorotUniform>;

/**
 * Glorot's uniform initialiser, as Keras has it by default, from a seed of its own for each call: one seed for all would
 * start layers of one shape with equal weights.
 */
export function seededGlorotUniform(seed: number): () => Initializer {
  let draw = seed * 100;
  return () => {
    draw++;
    return initializers.glorotUniform({seed: draw});
  };
}
