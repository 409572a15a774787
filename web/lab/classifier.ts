import {getBackend, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {CompiledModel} from 'mnist-wasm/compile';
import {withExample} from './example';
import {isSame, stateOf} from './model-state';

/**
 * Larger models are not compiled. In Chromium, a digit each 20 ms: LeNet takes 0.29 ms compiled and 0.82 by predict, and 7
 * to record; simple-cnn's b, of 2.2 million weights, 1.5, 1.9 and 28; AlexNet, of 30 million, which come from memory at
 * each digit, 20.5, 20.7 and 800.
 */
const MOST_WEIGHTS = 4_000_000;

/**
 * What a model makes of single digits. While its weights stay as they are, by its compiled program, which spares what
 * tfjs does around the kernels: from a stroke to LeNet's answer on the page 6.3 ms in place of 7.1.
 *
 * New weights are not copied into a program: `predict` has them at once. After a step of training it takes 0.9 ms for
 * LeNet and 3.8 for simple-cnn's b; writing the weights into a program and running that 1.2 and 9 ms, recording 8.5 and 36.
 */
export class Classifier {
  private program: CompiledModel | undefined;
  /** What was compiled, or cannot be. */
  private tried: readonly object[] = [];
  private recording: Promise<void> = Promise.resolve();
  private holds = 0;

  /**
   * @param pixels [784], 0 background to 255 ink.
   * @returns ten probabilities.
   */
  async classify(model: LayersModel, pixels: Uint8Array): Promise<number[]> {
    // Who has chosen another backend sees what that one gives.
    if (getBackend() !== 'mnist-wasm') return withExample(model, pixels, predictOne);
    const state = stateOf(model);
    if (isSame(state, this.tried)) return this.replay(pixels) ?? withExample(model, pixels, predictOne);
    this.program = undefined;
    const answer = await withExample(model, pixels, predictOne);
    // After the answer, so that no digit waits for it.
    if (this.holds === 0 && model.countParams() <= MOST_WEIGHTS) {
      this.tried = state;
      this.recording = this.recording.then(() => this.record(model, state));
    }
    return answer;
  }

  /**
   * Does what changes the weights or the backend. Nothing is recorded meanwhile: the weights of a training last for one
   * step, and a recording has a backend of its own active.
   */
  async hold<T>(action: () => Promise<T>): Promise<T> {
    this.holds++;
    try {
      await this.recording;
      return await action();
    } finally {
      this.holds--;
    }
  }

  /** Undefined where there is no program, or the digit makes the model go another way than its program. */
  private replay(pixels: Uint8Array): number[] | undefined {
    try {
      return this.program && Array.from(this.program.predict(scaled(pixels)) as Float32Array);
    } catch {
      return undefined;
    }
  }

  /** Makes the program of a model in a state, if it is in that state still. */
  private async record(model: LayersModel, state: readonly object[]): Promise<void> {
    try {
      const {compiledModel} = await import('mnist-wasm/compile');
      const program = await compiledModel(model);
      if (isSame(state, this.tried) && isSame(state, stateOf(model))) this.program = program;
    } catch {
      // A model that cannot be compiled, or is disposed meanwhile, or has no room beside itself: `predict` answers.
    }
  }
}

/** What a model makes of one example. */
export async function predictOne(model: LayersModel, xs: Tensor): Promise<number[]> {
  const probabilities = model.predictOnBatch(xs) as Tensor;
  const values = Array.from(await probabilities.data());
  probabilities.dispose();
  return values;
}

/** As withExample gives them. */
function scaled(pixels: Uint8Array): Float32Array {
  return Float32Array.from(pixels, (pixel) => pixel / 255);
}
