import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistData} from 'mnist-wasm/mnist';
import {findModel, findRecipe} from '../../recipes/catalogue';
import {evaluate} from '../../recipes/shared/evaluation';
import {toExamples} from '../../recipes/shared/examples';
import {startBackend} from './backends';
import {describeData, forgetKept, loadData, samplesOf} from './data';
import {firstLayer} from './first-layer';
import {Gate} from './gate';
import {describeModel} from './model-info';
import {describeRecipes, describeTraining} from './recipe-info';
import {type Control, PLAIN_TRAINING, train} from './train';
import type {
  BackendInfo,
  BackendName,
  DataChoice,
  DataInfo,
  DataProgress,
  Digit,
  Evaluation,
  FirstLayer,
  ModelChoice,
  ModelInfo,
  RecipeInfo,
  TrainEnd,
  TrainObserver,
  TrainSettings,
} from './types';

/** Of the initial weights: those of the recipes' published runs here. */
const SEED = 1;
/** Mistakes that are shown: the most confident of all, and those of each cell of the confusion matrix. */
const MOST_MISTAKES = 500;

/** What the page can ask of its worker: one data set, one model, one training at a time. */
export class Lab {
  private data: MnistData | undefined;
  private model: LayersModel | undefined;
  /** What the model is, unless it came from a file. */
  private choice: ModelChoice | undefined;
  private control: (Control & {stop(): void}) | undefined;

  recipes(): RecipeInfo[] {
    return describeRecipes();
  }

  useBackend(name: BackendName): Promise<BackendInfo> {
    return startBackend(name);
  }

  /** Begins anew with untrained weights. */
  async useModel(choice: ModelChoice): Promise<ModelInfo> {
    const model = findModel(findRecipe(choice.recipe), choice.model).build(SEED);
    this.model?.dispose();
    this.model = model;
    this.choice = choice;
    return describeModel(model, describeTraining(findRecipe(choice.recipe)));
  }

  async train(settings: TrainSettings, observer: TrainObserver): Promise<TrainEnd> {
    const {model, data} = this.ready();
    const stopped = new AbortController();
    const gate = new Gate();
    this.control = {
      gate,
      signal: stopped.signal,
      stop() {
        stopped.abort();
        gate.release();
      },
    };
    try {
      const training = this.choice ? findRecipe(this.choice.recipe) : PLAIN_TRAINING;
      return await train(model, training, data, settings, this.control, observer);
    } finally {
      this.control = undefined;
    }
  }

  pause(): void {
    this.control?.gate.shut();
  }

  resume(): void {
    this.control?.gate.release();
  }

  /** Ends training after the batch under way; the model stays as it is then. */
  stop(): void {
    this.control?.stop();
  }

  /** The model on all test images. */
  async evaluate(onProgress: (done: number, total: number) => void): Promise<Evaluation> {
    const {model, data} = this.ready();
    const {images, size} = data.test;
    const {metrics} = await evaluate(model, data.test, (done) => onProgress(done, size));
    const pixels = images.length / size;
    const mistakes = metrics.mistakes.slice(0, MOST_MISTAKES).map((mistake) => ({
      ...mistake,
      pixels: images.slice(mistake.index * pixels, (mistake.index + 1) * pixels),
    }));
    return {...metrics, mistakes};
  }

  /**
   * @param pixels [784], 0 background to 255 ink.
   * @returns ten probabilities.
   */
  async classify(pixels: Uint8Array): Promise<number[]> {
    return this.withExample(pixels, async (model, xs) => {
      const probabilities = model.predictOnBatch(xs) as Tensor;
      const values = Array.from(await probabilities.data());
      probabilities.dispose();
      return values;
    });
  }

  /** @param pixels [784], 0 background to 255 ink. */
  async lookInside(pixels: Uint8Array): Promise<FirstLayer | undefined> {
    return this.withExample(pixels, firstLayer);
  }

  // The images.

  /** What was there stays where the choice cannot be had. */
  async useData(choice: DataChoice, onProgress?: (progress: DataProgress) => void): Promise<DataInfo> {
    this.data = await loadData(choice, onProgress);
    return describeData(this.data);
  }

  /** Random training images; the same seed gives the same. */
  samples(count: number, seed: number): Digit[] {
    return this.data ? samplesOf(this.data, count, seed) : [];
  }

  /** Removes MNIST from the browser; what is in use stays in use. */
  async forgetKept(): Promise<DataInfo | undefined> {
    await forgetKept();
    return this.data && describeData(this.data);
  }

  private async withExample<T>(pixels: Uint8Array, use: (model: LayersModel, xs: Tensor) => Promise<T>): Promise<T> {
    const model = this.loadedModel();
    const {xs, ys} = toExamples(model, {images: pixels, labels: new Uint8Array(1), size: 1});
    try {
      return await use(model, xs);
    } finally {
      dispose([xs, ys]);
    }
  }

  private ready(): {model: LayersModel; data: MnistData} {
    if (!this.data) throw new Error('No images are loaded yet.');
    return {model: this.loadedModel(), data: this.data};
  }

  private loadedModel(): LayersModel {
    if (!this.model) throw new Error('No model is there yet.');
    return this.model;
  }
}
