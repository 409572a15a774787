import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {evaluate} from '../../../recipes';
import {predictOne} from '../classifier';
import {withExample} from '../example';
import {openFromStorage} from '../models';
import {compared} from './agreement';
import type {Runs} from './runs';
import type {Comparison, SecondChoice} from './types';

interface Subject {
  model: LayersModel | undefined;
  test: MnistSplit | undefined;
}

/** A second model, beside the one in use. */
export class Second {
  private model: LayersModel | undefined;

  constructor(
    private readonly first: () => Subject,
    private readonly runs: Runs,
  ) {}

  /**
   * Takes the place of the one before.
   * @returns its name.
   */
  async choose(choice: SecondChoice): Promise<string> {
    const opened = 'run' in choice ? await this.runs.opened(choice.run) : await openFromStorage(choice.kept);
    this.drop();
    this.model = opened.model;
    return opened.note.title;
  }

  drop(): void {
    this.model?.dispose();
    this.model = undefined;
  }

  /**
   * @param pixels [784], 0 background to 255 ink.
   * @returns ten probabilities; undefined where there is no second model.
   */
  async classify(pixels: Uint8Array): Promise<number[] | undefined> {
    return this.model && withExample(this.model, pixels, predictOne);
  }

  /** Both models on all test images; undefined where one of them, or the images, are not there. */
  async compare(onProgress: (done: number, total: number) => void): Promise<Comparison | undefined> {
    const {model, test} = this.first();
    if (!model || !this.model || !test) return undefined;
    const total = 2 * test.size;
    const first = await evaluate(model, test, (done) => onProgress(done, total));
    const second = await evaluate(this.model, test, (done) => onProgress(test.size + done, total));
    return compared(test, first.probabilities, second.probabilities);
  }
}
