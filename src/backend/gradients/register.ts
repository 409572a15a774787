import {
  engine,
  FloorDiv,
  FusedBatchNorm,
  type GradConfig,
  getGradient,
  Mean,
  MirrorPad,
  PadV2,
  type PadV2Attrs,
  pad,
  Relu,
  registerGradient,
  Sum,
  type Tensor,
  zeros,
} from '@tensorflow/tfjs-core';
import {BACKEND_NAME} from '../name.js';
import {fusedBatchNormGradient} from './FusedBatchNorm.js';
import {mirrorPadGradient} from './MirrorPad.js';
import {meanGradient, sumGradient} from './reductions.js';

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

/** Gradients that need fewer passes than tfjs-core's own, or that it has wrong. */
const gradients: Record<string, GradFunc> = {
  [FloorDiv]: floorDivGradient,
  [FusedBatchNorm]: fusedBatchNormGradient,
  [Mean]: meanGradient,
  [MirrorPad]: mirrorPadGradient,
  [PadV2]: padGradient,
  [Sum]: sumGradient,
};

const ours = new WeakSet<GradConfig>();

/**
 * Registers our gradients in place of the registered ones (tfjs-core alone registers none), which stay in use on every
 * other backend. May be called again: another package may have registered its own in the meantime.
 */
export function registerGradients(): void {
  for (const [kernelName, gradFunc] of Object.entries(gradients)) {
    replace(kernelName, (original) => ({
      ...original,
      gradFunc: (dy, saved, attrs) => (isActive() ? gradFunc : original.gradFunc)(dy, saved, attrs),
    }));
  }
  // step(x) equals step(relu(x)), and relu's output is mostly stored anyway: so x itself need not be. A gradient of a
  // gradient must find its way to x, to which tfjs-core does not link the outputs that it saves.
  replace(Relu, (original) => ({
    ...original,
    get inputsToSave() {
      return isActive() && !isNested() ? [] : original.inputsToSave;
    },
    get outputsToSave() {
      return isActive() && !isNested() ? [true] : original.outputsToSave;
    },
  }));
}

function replace(kernelName: string, change: (original: GradConfig) => GradConfig): void {
  const original = getGradient(kernelName);
  if (!original || ours.has(original)) return;
  const changed = change(original);
  ours.add(changed);
  registerGradient(changed);
}

/** Whether a gradient is computed within the function of another gradient. */
function isNested(): boolean {
  return engine().state.gradientDepth > 1;
}

function isActive(): boolean {
  return engine().backendName === BACKEND_NAME;
}
