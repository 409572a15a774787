/**
 * A trained model as one small WebAssembly module, which needs neither TensorFlow.js nor anything else.
 *
 * @module compile
 */
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type Binaryen from 'binaryen';
import type {FeatureLevel} from '../backend/options.js';
import {assertGiven, assertOptions} from '../shared/given.js';
import {emitModule} from './emit.js';
import {CompileError, compileError} from './error.js';
import {recordModel} from './record.js';
import {checkFormat, type WeightFormat} from './weights.js';

export {loaderSource, loaderTypes} from './loader.js';
export {type CompiledModel, compiledModel, type OutputValues} from './replay.js';
export {CompileError, type WeightFormat};

export interface CompileOptions {
  /** Examples of a batch; by default 1. The module computes batches of this size only. */
  batchSize?: number;
  /** What the module uses of WebAssembly; by default 'simd', which every engine has. */
  level?: FeatureLevel;
  /**
   * How the module holds its weights: as they are ('float32'); or as float16, or as int8 with a scale for each output
   * channel, which it unpacks when it is instantiated. Then the bits are not those of `predict`.
   */
  weights?: WeightFormat;
  /** The default export of the package 'binaryen', where a bundler brings it; by default it is imported by its name. */
  binaryen?: typeof Binaryen;
}

/**
 * Compiles a model that is on any backend, with the weights that it has now, in inference, to a WebAssembly module without
 * imports. It exports
 *
 *   memory
 *   predict()                    computes the outputs of the inputs: 0; or 1 where the inputs make the model go another
 *                                way than it was compiled for (an index in no embedding, a sum that is not finite)
 *   inputs, outputs              how many there are
 *   input_0, output_0, ...       the address of the values, float32 (or, of outputs, int32)
 *   input_0_shape, ...           the address of int32: 0 for float32 or 1 for int32, the rank, the dimensions
 *   version                      of these exports: 1
 *
 * and gives the same bits as `model.predict` with a batch of this size at the same feature level. Needs the package
 * 'binaryen', and the backend of 'mnist-wasm', which the model need not be on.
 *
 * @throws CompileError if the model cannot be compiled; says which layer, and why
 */
export async function compileModel(model: LayersModel, options: CompileOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  assertOptions(options, compileError);
  const {batchSize = 1, level = 'simd', weights = 'float32', binaryen} = options;
  const isBinaryen = binaryen === undefined || typeof binaryen?.readBinary === 'function';
  assertGiven(isBinaryen, 'binaryen', "the default export of the package 'binaryen'", binaryen, compileError);
  checkFormat(weights);
  const compiler = binaryen ?? (await importBinaryen());
  return emitModule(compiler, await recordModel(model, batchSize, level), weights);
}

async function importBinaryen(): Promise<typeof Binaryen> {
  try {
    const {default: binaryen} = (await importPackage('binaryen')) as {default: typeof Binaryen};
    return binaryen;
  } catch (cause) {
    throw new CompileError("the package 'binaryen' is needed to compile a model: npm install binaryen", {cause});
  }
}

/**
 * Resolved when it runs, and by no bundler: one would look for the package where only compiledModel is used, fail where it
 * is not installed, and where it is, too, on the modules of Node that it imports (esbuild, for browsers).
 */
function importPackage(name: string): Promise<unknown> {
  return import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ name);
}
