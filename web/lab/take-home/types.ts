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
