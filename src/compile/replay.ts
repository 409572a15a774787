import type {LayersModel} from '@tensorflow/tfjs-layers';
import {READ_PADDING} from '../../assembly/abi.js';
import {compileKernels, createMemory, instantiateKernels, type KernelExports} from '../backend/module/load.js';
import type {FeatureLevel} from '../backend/options.js';
import {assertGiven, assertOptions} from '../shared/given.js';
import {compileError} from './error.js';
import type {Port, Program} from './program.js';
import {recordModel} from './record.js';

/** The values of an output. */
export type OutputValues = Float32Array | Int32Array;

/** A model's predictions without tfjs, for batches of one size. */
export interface CompiledModel {
  /** Of each input and output, the batch first. */
  readonly inputShapes: readonly number[][];
  readonly outputShapes: readonly number[][];
  /**
   * The values of the model's outputs for those of its inputs: one array for each, in the model's order; of one output
   * the array itself. The same bits as `model.predict`.
   *
   * @throws RangeError if an input has another number of values
   * @throws Error if the values make the model go another way than it was compiled for: an index that is in no embedding,
   *   a sum that is not finite
   */
  predict(...inputs: ArrayLike<number>[]): OutputValues | OutputValues[];
}

/**
 * A model's predictions by the calls that it makes of the kernels, in an instance of them of its own: at batch 1 most of
 * the time that `model.predict` takes is tfjs's. It keeps the weights that the model has now.
 *
 * @throws CompileError if the model cannot be compiled; says which layer, and why
 */
export async function compiledModel(
  model: LayersModel,
  options: {batchSize?: number; level?: FeatureLevel} = {},
): Promise<CompiledModel> {
  assertOptions(options, compileError);
  const {batchSize = 1, level} = options;
  const program = await recordModel(model, batchSize, level);
  const bytes = program.end + READ_PADDING;
  const memory = createMemory(bytes + 65535, false) as WebAssembly.Memory;
  memory.grow(Math.ceil(bytes / 65536) - 1);
  const wasm = await instantiateKernels(await compileKernels(program.kernels, false), memory);
  new Uint8Array(memory.buffer).set(program.image);
  const run = stepsOf(program, wasm, memory);
  return {
    inputShapes: program.inputs.map(({shape}) => shape),
    outputShapes: program.outputs.map(({shape}) => shape),
    predict(...inputs) {
      checkInputs(program.inputs, inputs);
      program.inputs.forEach((port, i) => {
        (viewOf(port, memory) as Float32Array).set(inputs[i]);
      });
      run();
      const outputs = program.outputs.map((port) => viewOf(port, memory).slice());
      return outputs.length === 1 ? outputs[0] : outputs;
    },
  };
}

function stepsOf({steps}: Program, wasm: KernelExports, memory: WebAssembly.Memory): () => void {
  const functions = wasm as unknown as Record<string, (...numbers: number[]) => number | undefined>;
  const bytes = new Uint8Array(memory.buffer);
  const run = steps.map((step) => {
    if (step.kind === 'write') return () => bytes.set(step.content, step.offset);
    const {numbers, result} = step;
    const call = functions[step.name];
    return () => {
      const now = call(...numbers);
      if (result !== undefined && Number(now) !== result) throw new Error(`mnist-wasm: ${OTHER_WAY}`);
    };
  });
  return () => {
    for (const step of run) step();
  };
}

/** What a program says of inputs that it was not compiled for. */
const OTHER_WAY =
  'these values make the model go another way than it was compiled for: an index that is in no embedding, or a sum ' +
  'that is not finite';

function checkInputs(ports: readonly Port[], inputs: readonly ArrayLike<number>[]): void {
  if (inputs.length !== ports.length) {
    throw new RangeError(`mnist-wasm: ${inputs.length} inputs were given; expected ${ports.length}.`);
  }
  ports.forEach(({name, shape}, i) => {
    const expected = elementsOf(shape);
    const isArray = Array.isArray(inputs[i]) || ArrayBuffer.isView(inputs[i]);
    assertGiven(isArray, `input '${name}'`, `${expected} numbers in an array`, inputs[i]);
    if (inputs[i].length === expected) return;
    throw new RangeError(
      `mnist-wasm: the input '${name}' has ${inputs[i].length} values; expected ${expected}, of the shape [${shape}].`,
    );
  });
}

function viewOf({dtype, offset, shape}: Port, memory: WebAssembly.Memory): OutputValues {
  const type = dtype === 'float32' ? Float32Array : Int32Array;
  return new type(memory.buffer, offset, elementsOf(shape));
}

function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
