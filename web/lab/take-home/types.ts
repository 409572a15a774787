import type {FeatureLevel} from 'mnist-wasm';
import type {WeightFormat} from 'mnist-wasm/compile';
import type {ModelFile} from '../models/types';

/** How a model is compiled. */
export interface CompileWishes {
  level: FeatureLevel;
  weights: WeightFormat;
}

export interface CompiledFiles {
  /** The module, and what loads it beside it. */
  module: ModelFile[];
  /** A page that needs neither the network nor a server. */
  page: ModelFile;
  /** Of the module. */
  bytes: number;
  /** That compiling it took. */
  seconds: number;
}

/**
 * Of larger models none is compiled on the page: the compiler holds a module several times over, in 32-bit memory of its own.
 * That of the recipes' largest model but one has 2.2 million weights.
 */
export const MOST_PARAMETERS = 6_000_000;
