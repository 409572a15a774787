import {
  copyRegisteredKernels,
  type DataType,
  engine,
  getBackend,
  getKernelsForBackend,
  registerBackend,
  removeBackend,
  setBackend,
  type Tensor,
  unregisterKernel,
  zeros,
} from '@tensorflow/tfjs-core';
import type {LayersModel, layers} from '@tensorflow/tfjs-layers';
import type {MnistWasmBackend} from '../backend/backend.js';
import {checkFeatureLevel} from '../backend/module/features.js';
import {BACKEND_NAME} from '../backend/name.js';
import type {FeatureLevel} from '../backend/options.js';
import {Recording} from '../backend/recording.js';
import {createRecordedBackend} from '../backend/register.js';
import {assertLayersModel, misfit} from '../shared/given.js';
import {CompileError, compileError} from './error.js';
import {usePanels} from './panels.js';
import type {Port, Program} from './program.js';

type Layer = InstanceType<typeof layers.Layer>;

/** tfjs-core's backend of the moment, while a model is recorded. */
const RECORDER = `${BACKEND_NAME} recorder`;

/** A backend is registered for a recording: one at a time. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Records what a model does with a batch, in inference.
 *
 * @param level that of the program; by default the best that this engine has
 * @throws CompileError if it cannot be recorded; says which layer, and why
 */
export async function recordModel(model: LayersModel, batchSize: number, level?: FeatureLevel): Promise<Program> {
  assertLayersModel(model, compileError);
  const recorded = last.catch(() => undefined).then(() => recordAlone(model, batchSize, level));
  last = recorded;
  return recorded;
}

async function recordAlone(model: LayersModel, batchSize: number, level?: FeatureLevel): Promise<Program> {
  if (level !== undefined) checkFeatureLevel(level, "the option 'level'");
  const shapes = inputShapes(model, batchSize);
  assertStateless(model.layers as Layer[]);
  if (getKernelsForBackend(BACKEND_NAME).length === 0) {
    throw new CompileError(`the backend '${BACKEND_NAME}' is not registered: import 'mnist-wasm' first`);
  }
  const recording = new Recording();
  const {backend, kernels} = await createRecordedBackend(recording, level);
  const before = getBackend();
  registerBackend(RECORDER, () => backend);
  copyRegisteredKernels(BACKEND_NAME, RECORDER);
  // From here to the last `finally` nothing is awaited: nobody else's tensors come to the recorder.
  void setBackend(RECORDER);
  try {
    return usePanels({...recordHere(model, shapes, recording, backend), kernels});
  } finally {
    void setBackend(before);
    for (const {kernelName} of getKernelsForBackend(RECORDER)) unregisterKernel(kernelName, RECORDER);
    removeBackend(RECORDER);
  }
}

/** @throws CompileError if a layer keeps a state from one batch to the next */
function assertStateless(layers: readonly Layer[]): void {
  for (const layer of layers) {
    const {layer: wrapped} = layer as Layer & {layer?: Layer};
    if (!layer.stateful && !wrapped?.stateful) continue;
    throw new CompileError(
      `the layer '${layer.name}' (${layer.getClassName()}) is stateful: a module keeps nothing from one batch to the next`,
    );
  }
}

/** The model's input shapes with a batch in place of their first dimension. */
function inputShapes({inputs}: LayersModel, batchSize: number): number[][] {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new CompileError(misfit('batchSize', 'a whole number from 1 on', batchSize));
  }
  return inputs.map(({name, shape, dtype}) => {
    const full = [batchSize, ...shape.slice(1)];
    if (full.some((size) => size === null || size < 0)) {
      throw new CompileError(`the input '${name}' has the shape [${shape}]; expected one whose dimensions are known`);
    }
    if (dtype !== 'float32') throw new CompileError(`the input '${name}' is ${dtype}; expected float32`);
    return full as number[];
  });
}

function recordHere(
  model: LayersModel,
  shapes: number[][],
  recording: Recording,
  backend: MnistWasmBackend,
): Omit<Program, 'kernels'> {
  const owners = new Map<object, ReturnType<typeof ownerOf>>();
  const made: Tensor[] = [];
  try {
    for (const weight of model.weights.map((variable) => variable.read())) {
      const owner = ownerOf(weight.dataId);
      if (owner === backend) continue;
      // Moves it, where there is room.
      backend.tensors.offset(weight);
      owners.set(weight.dataId, owner);
    }
    const inputs = shapes.map((shape) => zeros(shape));
    made.push(...inputs);
    const inputOffsets = inputs.map((input) => backend.tensors.offset(input));
    // Other values will be there: whoever reads them in JavaScript cannot be recorded.
    for (const offset of inputOffsets) recording.reused(offset);
    const {memory} = backend.heap;
    const image = new Uint8Array(memory.buffer, 0, backend.heap.end).slice();
    const weights = [...new Set(model.weights.map((weight) => weight.read()))]
      .filter(({dtype}) => dtype === 'float32')
      .map((weight) => ({
        offset: backend.tensors.offset(weight),
        elements: weight.size,
        columns: weight.shape.at(-1) ?? 1,
        tensorElements: weight.size,
      }));
    recording.start(memory);
    const outputs = apply(model, inputs);
    made.push(...outputs);
    const port = (name: string, {shape, dtype}: Tensor, offset: number): Port => ({
      name,
      shape: [...shape],
      dtype: portType(name, dtype),
      offset,
    });
    const outputPorts = outputs.map((output, i) => port(model.outputNames[i], output, backend.tensors.offset(output)));
    recording.stop();
    return {
      level: backend.featureLevel,
      inputs: inputs.map((input, i) => port(model.inputNames[i], input, inputOffsets[i])),
      outputs: outputPorts,
      steps: recording.steps,
      image,
      weights,
      heapBase: backend.tensors.wasm.heap_base(),
      end: backend.heap.end,
    };
  } finally {
    for (const tensor of made) if (!tensor.isDisposed) tensor.dispose();
    for (const [dataId, owner] of owners) engine().moveData(owner, dataId);
  }
}

function ownerOf(dataId: object) {
  const info = engine().state.tensorInfo.get(dataId);
  if (!info) throw new CompileError('a weight of the model is disposed');
  return info.backend;
}

function portType(name: string, dtype: DataType): Port['dtype'] {
  if (dtype === 'float32' || dtype === 'int32') return dtype;
  throw new CompileError(`the output '${name}' is ${dtype}; expected float32 or int32`);
}

/** Runs the model on tensors; an error names the layer that it comes from. */
function apply(model: LayersModel, inputs: Tensor[]): Tensor[] {
  let current: Layer | undefined;
  const restore: (() => void)[] = [];
  for (const layer of model.layers as Layer[]) {
    const {call} = layer;
    // A method that is the layer's own comes back; of others, that of the class shows again.
    if (Object.hasOwn(layer, 'call')) restore.push(() => Object.assign(layer, {call}));
    else restore.push(() => delete (layer as Partial<Layer>).call);
    layer.call = (...args: Parameters<Layer['call']>) => {
      current = layer;
      return call.apply(layer, args);
    };
  }
  try {
    return engine().tidy(
      () => [model.apply(inputs.length === 1 ? inputs[0] : inputs, {training: false})].flat() as Tensor[],
    );
  } catch (cause) {
    if (!current) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CompileError(`the layer '${current.name}' (${current.getClassName()}) cannot be compiled: ${reason}`, {
      cause,
    });
  } finally {
    for (const put of restore) put();
  }
}
