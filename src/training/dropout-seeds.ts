import {serialization} from '@tensorflow/tfjs-core';

/** tfjs-layers' Dropout, of which a step may have another seed each time. */
export interface Dropout {
  readonly seed?: number | null;
}

/** The property that it draws by. */
export const SEED = 'seed';

export function isDropout(holder: object): holder is Dropout {
  return holder instanceof serialization.Serializable && holder.getClassName() === 'Dropout' && SEED in holder;
}

/** The seed of a layer; where it has none, one that is drawn, as the layer would. */
export function seedOf({seed}: Dropout): string {
  return String(seed ?? Math.random());
}

/** Runs with the seeds that were drawn for layers that have none. */
export function withSeeds<T>(layers: readonly Dropout[], seeds: readonly string[], run: () => T): T {
  const own = layers.map(({seed}) => seed);
  layers.forEach((layer, i) => {
    if (layer.seed === undefined || layer.seed === null) giveOnce(layer, Number(seeds[i]));
  });
  try {
    return run();
  } finally {
    layers.forEach((layer, i) => {
      if (own[i] === undefined || own[i] === null) setSeed(layer, {value: own[i], writable: true});
    });
  }
}

/** A layer that is called twice in a step draws two masks: the second by a seed that nobody knows. */
function giveOnce(layer: Dropout, seed: number): void {
  let next: number | undefined = seed;
  setSeed(layer, {
    get() {
      const given = next ?? Math.random();
      next = undefined;
      return given;
    },
  });
}

function setSeed(layer: Dropout, property: PropertyDescriptor): void {
  Object.defineProperty(layer, SEED, {enumerable: true, configurable: true, ...property});
}
