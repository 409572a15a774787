import {getBackend} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {proxy} from 'comlink';
import type {MnistData} from 'mnist-wasm/mnist';
import {evaluate, findModel, findRecipe, missingForTraining} from '../../recipes';
import {checkedNetwork} from '../network/check';
import type {NetworkSpec} from '../network/spec';
import type {OwnDigit} from '../own/digits';
import {texts} from '../texts';
import {threadsInUse} from './backends';
import {Classifier} from './classifier';
import {Runs} from './compare/runs';
import {Second} from './compare/second';
import {describeData, forgetKept, loadData, samplesOf} from './data';
import {Inside} from './inside/inside';
import {describeModel} from './model-info';
import {
  type FittingModel,
  keepLast,
  keepModel,
  keptModels,
  noteLast,
  openFromFiles,
  openFromStorage,
  type PackedModel,
  packModel,
  removeKept,
  writeModel,
} from './models';
import {fileStem, titleOf} from './models/title';
import type {FileFormat, KeptModel, ModelFile, ModelNote, OpenedModel} from './models/types';
import {buildNetwork} from './network/build';
import {readNetwork} from './network/read';
import type {FineTuning} from './own/fine-tune';
import {Own} from './own/own';
import {describeRecipes, describeTraining} from './recipe-info';
import {switchBackend} from './switch-backend';
import type {CompiledFiles, CompileWishes} from './take-home/types';
import {type Training, train, trainingOf} from './train';
import {TrainingControl} from './training-control';
import type {
  BackendInfo,
  BackendName,
  DataChoice,
  DataInfo,
  DataProgress,
  Digit,
  Evaluation,
  ModelChoice,
  ModelInfo,
  RecipeInfo,
  TrainEnd,
  TrainObserver,
  TrainSettings,
} from './types';
import {leastSure} from './unsure';

/** Of the initial weights: those of the recipes' published runs here. */
const SEED = 1;
/** Mistakes that are shown: the most confident of all, and those of each cell of the confusion matrix. */
const MOST_MISTAKES = 500;
const DIGITS = 10;
/** Right answers that are shown of each digit. */
const MOST_UNSURE = 24;

/** What the page can ask of its worker: one data set, one model, one training at a time. */
export class Lab {
  private data: MnistData | undefined;
  private model: LayersModel | undefined;
  /** What the model is, unless it came from a file. */
  private choice: ModelChoice | undefined;
  /** Of a model that was put together on the page. */
  private network: NetworkSpec | undefined;
  private title = '';
  /** On the test images; undefined since the weights changed. */
  private accuracy: number | undefined;
  /** Passes over the images; undefined where nobody told. */
  private epochs: number | undefined;
  /** Whether it is the one that was kept at the end of the last training. */
  private isLast = false;
  private control: TrainingControl | undefined;
  private readonly classifier = new Classifier();
  private readonly kept = new Runs(() => this.model);
  private readonly other = new Second(() => ({model: this.model, test: this.data?.test}), this.kept);
  readonly inside = proxy(new Inside(() => ({model: this.model, test: this.data?.test})));
  readonly runs = proxy(this.kept);
  /** Of another backend it is chosen anew. */
  readonly second = proxy(this.other);
  readonly own = proxy(new Own(() => this.model));

  recipes(): RecipeInfo[] {
    return describeRecipes();
  }

  async useBackend(name: BackendName): Promise<BackendInfo> {
    const info = await this.classifier.hold(() => switchBackend(this.model, name));
    this.other.drop();
    return info;
  }

  /** How many threads the backend computes with now; undefined where a graphics processor computes. */
  threads(): number | undefined {
    return threadsInUse();
  }

  /** Begins anew with untrained weights. */
  async useModel(choice: ModelChoice): Promise<ModelInfo> {
    const model = findModel(findRecipe(choice.recipe), choice.model).build(SEED);
    return this.replaceModel({model, note: {title: titleOf(choice), choice, accuracy: undefined, epochs: 0}}).info;
  }

  /**
   * The same with a network that was put together on the page.
   * @throws Error where it cannot be built: what was there stays.
   */
  async useNetwork(wanted: NetworkSpec): Promise<ModelInfo> {
    const network = checkedNetwork(wanted);
    const model = buildNetwork(network, SEED);
    const note = {title: network.name, choice: undefined, network, accuracy: undefined, epochs: 0};
    return this.replaceModel({model, note}).info;
  }

  /**
   * The model in use, to be changed.
   * @throws Error where it has what no network can have that is put together on the page.
   */
  async networkInUse(): Promise<NetworkSpec> {
    return this.network ?? readNetwork(this.loadedModel(), texts.network.usual(this.title), this.training());
  }

  async train(settings: TrainSettings, observer: TrainObserver): Promise<TrainEnd> {
    return this.trainOn({data: this.ready().data, training: this.training(), settings}, observer);
  }

  /** Goes on with the visitor's own digits among images of the data set: few, so that it is a part of an epoch. */
  async fineTune(own: OwnDigit[], learningRate: number, observer: TrainObserver): Promise<TrainEnd> {
    const {data} = this.ready();
    const {fineTuning} = await import('./own/fine-tune');
    const tuning = fineTuning(data, this.training(), own, learningRate);
    return this.trainOn(tuning, observer, tuning.data.train.size / data.train.size);
  }

  /** @param share of an epoch of the data set that one pass over these images is. */
  private async trainOn({data, training, settings}: FineTuning, observer: TrainObserver, share = 1): Promise<TrainEnd> {
    const {model} = this.ready();
    this.accuracy = undefined;
    // What nobody told of has learned something: this goes on with it.
    const earlier = this.epochs === 0 ? undefined : (this.epochs ?? 0);
    const control = new TrainingControl();
    this.control = control;
    try {
      const end = await this.classifier.hold(() => train(model, training, data, settings, control, observer, earlier));
      const epochs = (earlier ?? 0) + share * (end.epochs - (earlier ?? 0));
      this.epochs = epochs;
      if (end.status === 'diverged') return {...end, epochs};
      const notKept = await keepLast(model, this.note());
      this.isLast = notKept === undefined;
      return {...end, epochs, notKept};
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
    const {metrics, probabilities} = await evaluate(model, data.test, (done) => onProgress(done, size));
    this.accuracy = metrics.accuracy;
    if (this.isLast) await noteLast(this.note());
    const pixels = images.length / size;
    const withPixels = <Answer extends {index: number}>(answer: Answer) => ({
      ...answer,
      pixels: images.slice(answer.index * pixels, (answer.index + 1) * pixels),
    });
    const mistakes = metrics.mistakes.slice(0, MOST_MISTAKES).map(withPixels);
    const unsure = leastSure(probabilities, data.test.labels, DIGITS, MOST_UNSURE);
    return {
      ...metrics,
      mistakes,
      unsure: unsure.map((answer) => withPixels({...answer, predicted: answer.label})),
    };
  }

  /**
   * @param pixels [784], 0 background to 255 ink.
   * @returns ten probabilities.
   */
  async classify(pixels: Uint8Array): Promise<number[]> {
    return this.classifier.classify(this.loadedModel(), pixels);
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

  // The model elsewhere: on another backend, in another worker, in files, in the browser's storage.

  /** The kernel that the active backend lacks to train the model; undefined where it can, or no model is there. */
  missingForTraining(): string | undefined {
    return this.model && missingForTraining(getBackend(), this.model);
  }

  /** What is known of the model in use; undefined where there is none. */
  modelNote(): ModelNote | undefined {
    return this.model && this.note();
  }

  /** What the model's files are called, without their ending. */
  fileStem(): string {
    return fileStem(this.note());
  }

  async packModel(): Promise<PackedModel | undefined> {
    return this.model && packModel(this.model);
  }

  writeModel(format: FileFormat): Promise<ModelFile[]> {
    return writeModel(this.loadedModel(), fileStem(this.note()), format);
  }

  /** As a WebAssembly module, which runs without this page; the worker does nothing else meanwhile. */
  async compile(wishes: CompileWishes): Promise<CompiledFiles> {
    const {compileFiles} = await import('./take-home/compile');
    return this.classifier.hold(() => compileFiles(this.loadedModel(), fileStem(this.note()), wishes));
  }

  /** Takes the place of the model in use, which stays where the files are no model that classifies digits. */
  async openFiles(files: File[]): Promise<OpenedModel> {
    return this.replaceModel(await openFromFiles(files));
  }

  keptModels(): Promise<KeptModel[]> {
    return keptModels();
  }

  keepModel(name: string): Promise<void> {
    return keepModel(this.loadedModel(), name, this.note());
  }

  async openKept(name: string): Promise<OpenedModel> {
    return this.replaceModel(await openFromStorage(name));
  }

  /** Goes on with the network of an earlier training. */
  async openRun(id: number): Promise<OpenedModel> {
    return this.replaceModel(await this.kept.opened(id));
  }

  removeKept(name: string): Promise<void> {
    return removeKept(name);
  }

  private training(): Training {
    return trainingOf(this.choice, this.network);
  }

  private note(): ModelNote {
    const {title, choice, network, accuracy, epochs} = this;
    return {title, choice, network, accuracy, epochs};
  }

  private replaceModel({model, note}: FittingModel): OpenedModel {
    this.model?.dispose();
    this.model = model;
    this.title = note.title;
    this.choice = note.choice;
    this.network = note.network;
    this.accuracy = note.accuracy;
    this.epochs = note.epochs;
    this.isLast = false;
    return {...note, info: describeModel(model, describeTraining(this.training()))};
  }

  private ready(): {model: LayersModel; data: MnistData} {
    if (!this.data) throw new Error(texts.data.none);
    return {model: this.loadedModel(), data: this.data};
  }

  private loadedModel(): LayersModel {
    if (!this.model) throw new Error(texts.network.none);
    return this.model;
  }
}
