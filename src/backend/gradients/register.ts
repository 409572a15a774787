import {
  AvgPool,
  BatchMatMul,
  Cumsum,
  DepthwiseConv2dNative,
  engine,
  FloorDiv,
  FusedBatchNorm,
  GatherV2,
  type GradConfig,
  getGradient,
  Maximum,
  MaxPool,
  Mean,
  Minimum,
  MirrorPad,
  PadV2,
  type PadV2Attrs,
  Pow,
  Prod,
  pad,
  Relu,
  registerGradient,
  SquaredDifference,
  Sum,
  type Tensor,
  Tile,
  zeros,
} from '@tensorflow/tfjs-core';
import {BATCH_NORM_TRAINING} from '../layers/batch-normalization.js';
import {BACKEND_NAME} from '../name.js';
import {summed} from './broadcast.js';
import {depthwiseGradient} from './DepthwiseConv2dNative.js';
import {batchNormTrainingGradient, fusedBatchNormGradient, fusedBatchNormInputs} from './FusedBatchNorm.js';
import {gatherGradient} from './GatherV2.js';
import {mirrorPadGradient} from './MirrorPad.js';
import {fromInput, ofOutput, powGradient} from './outputs.js';
import {avgPoolGradient, maxPoolGradient} from './pooling.js';
import {cumsumGradient, meanGradient, prodGradient, sumGradient} from './reductions.js';
import {tileGradient} from './Tile.js';

type GradFunc = GradConfig['gradFunc'];

/** A quotient that is rounded down is constant wherever it has a gradient; tfjs-core has that of the division. */
const floorDivGradient: GradFunc = (_, [a, b]: Tensor[]) => ({a: () => zeros(a.shape), b: () => zeros(b.shape)});

/** What was added is taken away again, and the other way round; tfjs-core has no negative paddings here. */
const padGradient: GradFunc = (dy, _, attrs) => {
  const {paddings} = attrs as unknown as PadV2Attrs;
  return {
    x: () =>
      pad(
        dy as Tensor,
        paddings.map(([before, after]): [number, number] => [-before, -after]),
      ),
  };
};

/** Gradients that need fewer passes than tfjs-core's own, or that it has wrong; of tfjs-core's own. */
const gradients: Record<string, (original: GradFunc) => GradFunc> = {
  [AvgPool]: () => avgPoolGradient,
  [BatchMatMul]: summed,
  [Cumsum]: () => cumsumGradient,
  [DepthwiseConv2dNative]: depthwiseGradient,
  [FloorDiv]: () => floorDivGradient,
  [FusedBatchNorm]: () => fusedBatchNormGradient,
  [MaxPool]: () => maxPoolGradient,
  [GatherV2]: () => gatherGradient,
  [Maximum]: summed,
  [Mean]: () => meanGradient,
  [Minimum]: summed,
  [MirrorPad]: () => mirrorPadGradient,
  [PadV2]: () => padGradient,
  [Pow]: powGradient,
  [Prod]: () => prodGradient,
  [SquaredDifference]: summed,
  [Sum]: () => sumGradient,
  [Tile]: () => tileGradient,
  ...Object.fromEntries(Object.entries(ofOutput).map(([name, of]) => [name, fromInput(of)])),
};

/** What is saved for a gradient. */
type Saved = Pick<GradConfig, 'inputsToSave' | 'outputsToSave'>;

/** Where it is something else than for tfjs-core's own gradient, and while this backend runs; `undefined`: the same. */
const saved: Record<string, () => Saved | undefined> = {
  // step(x) equals step(relu(x)), and relu's output is mostly stored anyway: so x itself need not be. A gradient of a
  // gradient must find its way to x, to which tfjs-core does not link the outputs that it saves.
  [Relu]: () => (isNested() ? undefined : {inputsToSave: [], outputsToSave: [true]}),
  [FusedBatchNorm]: () => ({inputsToSave: fusedBatchNormInputs}),
  [Pow]: () => ({inputsToSave: ['a', 'b'], outputsToSave: []}),
  ...Object.fromEntries(
    Object.entries(ofOutput).map(([name, {input}]) => [
      name,
      () => (isNested() ? {inputsToSave: [input], outputsToSave: [true]} : undefined),
    ]),
  ),
};

/** Of a kernel of ours, which tfjs-core has no gradient of. */
const ofOurKernel: GradConfig = {
  kernelName: BATCH_NORM_TRAINING,
  inputsToSave: ['x', 'scale'],
  outputsToSave: [false, true, true],
  gradFunc: batchNormTrainingGradient,
};

const ours = new WeakSet<GradConfig>();

/**
 * Registers our gradients in place of the registered ones (tfjs-core alone registers none), which stay in use on every
 * other backend. May be called again: another package may have registered its own in the meantime.
 */
export function registerGradients(): void {
  if (getGradient(BATCH_NORM_TRAINING) !== ofOurKernel) registerGradient(ofOurKernel);
  for (const kernelName of new Set([...Object.keys(gradients), ...Object.keys(saved)])) {
    const original = getGradient(kernelName);
    if (!original || ours.has(original)) continue;
    const changed = replaced(original);
    ours.add(changed);
    registerGradient(changed);
  }
}

function replaced(original: GradConfig): GradConfig {
  const {kernelName} = original;
  const gradFunc = gradients[kernelName]?.(original.gradFunc) ?? original.gradFunc;
  const toSave = () => (isActive() && saved[kernelName]?.()) || original;
  return {
    ...original,
    get inputsToSave() {
      return toSave().inputsToSave;
    },
    get outputsToSave() {
      return toSave().outputsToSave;
    },
    gradFunc: (...call) => (isActive() ? gradFunc : original.gradFunc)(...call),
  };
}

/** Whether a gradient is computed within the function of another gradient. */
function isNested(): boolean {
  return engine().state.gradientDepth > 1;
}

function isActive(): boolean {
  return engine().backendName === BACKEND_NAME;
}
