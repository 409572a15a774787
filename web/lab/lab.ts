import {getBackend} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {proxy} from 'comlink';
import type {MnistData, MnistSplit} from 'mnist-wasm/mnist';
import {findModel, findRecipe, missingForTraining} from '../../recipes';
import {checkedNetwork} from '../network/check';
import type {NetworkSpec} from '../network/spec';
import type {OwnDigit} from '../own/digits';
import {texts} from '../texts';
import {threadsInUse} from './backends';
import {Classifier} from './classifier';
import {Runs} from './compare/runs';
import {Second} from './compare/second';
import {describeData, forgetKept, loadData, samplesOf} from './data';
import {evaluationOf} from './evaluation';
import {Inside} from './inside/inside';
import {ModelInUse} from './model-in-use';
import {
  keepModel,
  keptModels,
  openFromFiles,
  openFromStorage,
  type PackedModel,
  packModel,
  removeKept,
  writeModel,
} from './models';
import {titleOf} from './models/title';
import type {FileFormat, KeptModel, ModelFile, ModelNote, OpenedModel} from './models/types';
import {buildNetwork} from './network/build';
import {readNetwork} from './network/read';
import type {FineTuning} from './own/fine-tune';
import {Own} from './own/own';
import {describeRecipes} from './recipe-info';
import {switchBackend} from './switch-backend';
import type {CompiledFiles, CompileWishes} from './take-home/types';
import {train} from './train';
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

/** Of the initial weights: those of the recipes' published runs here. */
const SEED = 1;

/** What the page can ask of its worker: one data set, one model, one training at a time. */
export class Lab {
  private data: MnistData | undefined;
  private readonly inUse = new ModelInUse();
  private control: TrainingControl | undefined;
  private readonly classifier = new Classifier();
  private readonly kept = new Runs(() => this.inUse.current);
  private readonly other = new Second(() => this.subject(), this.kept);
  readonly inside = proxy(new Inside(() => this.subject()));
  readonly runs = proxy(this.kept);
  /** Of another backend it is chosen anew. */
  readonly second = proxy(this.other);
  readonly own = proxy(new Own(() => this.inUse.current));

  recipes(): RecipeInfo[] {
    return describeRecipes();
  }

  async useBackend(name: BackendName): Promise<BackendInfo> {
    const info = await this.classifier.hold(() => switchBackend(this.inUse.current, name));
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
    return this.inUse.replace({model, note: {title: titleOf(choice), choice, accuracy: undefined, epochs: 0}}).info;
  }

  /**
   * The same with a network that was put together on the page.
   * @throws Error where it cannot be built: what was there stays.
   */
  async useNetwork(wanted: NetworkSpec): Promise<ModelInfo> {
    const network = checkedNetwork(wanted);
    const model = buildNetwork(network, SEED);
    const note = {title: network.name, choice: undefined, network, accuracy: undefined, epochs: 0};
    return this.inUse.replace({model, note}).info;
  }

  /**
   * The model in use, to be changed.
   * @throws Error where it has what no network can have that is put together on the page.
   */
  async networkInUse(): Promise<NetworkSpec> {
    const {note, training} = this.inUse;
    return note.network ?? readNetwork(this.inUse.loaded(), texts.network.usual(note.title), training);
  }

  async train(settings: TrainSettings, observer: TrainObserver): Promise<TrainEnd> {
    return this.trainOn({data: this.ready().data, training: this.inUse.training, settings}, observer);
  }

  /** Goes on with the visitor's own digits among images of the data set: few, so that it is a part of an epoch. */
  async fineTune(own: OwnDigit[], learningRate: number, observer: TrainObserver): Promise<TrainEnd> {
    const {data} = this.ready();
    const {fineTuning} = await import('./own/fine-tune');
    const tuning = fineTuning(data, this.inUse.training, own, learningRate);
    return this.trainOn(tuning, observer, tuning.data.train.size / data.train.size);
  }

  /** @param share of an epoch of the data set that one pass over these images is. */
  private async trainOn({data, training, settings}: FineTuning, observer: TrainObserver, share = 1): Promise<TrainEnd> {
    const model = this.inUse.loaded();
    this.inUse.changes();
    // What nobody told of has learned something: this goes on with it.
    const {epochs: told} = this.inUse.note;
    const earlier = told === 0 ? undefined : (told ?? 0);
    const control = new TrainingControl();
    this.control = control;
    try {
      const end = await this.classifier.hold(() => train(model, training, data, settings, control, observer, earlier));
      const epochs = (earlier ?? 0) + share * (end.epochs - (earlier ?? 0));
      this.inUse.trained(epochs);
      if (end.status === 'diverged') return {...end, epochs};
      return {...end, epochs, notKept: await this.inUse.keepAsLast()};
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
    const evaluation = await evaluationOf(model, data.test, onProgress);
    await this.inUse.tested(evaluation.accuracy);
    return evaluation;
  }

  /**
   * @param pixels [784], 0 background to 255 ink.
   * @returns ten probabilities.
   */
  async classify(pixels: Uint8Array): Promise<number[]> {
    return this.classifier.classify(this.inUse.loaded(), pixels);
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
    const {current} = this.inUse;
    return current && missingForTraining(getBackend(), current);
  }

  /** What is known of the model in use; undefined where there is none. */
  modelNote(): ModelNote | undefined {
    return this.inUse.current && this.inUse.note;
  }

  /** What the model's files are called, without their ending. */
  fileStem(): string {
    return this.inUse.fileStem;
  }

  async packModel(): Promise<PackedModel | undefined> {
    const {current} = this.inUse;
    return current && packModel(current);
  }

  writeModel(format: FileFormat): Promise<ModelFile[]> {
    return writeModel(this.inUse.loaded(), this.inUse.fileStem, format);
  }

  /** As a WebAssembly module, which runs without this page; the worker does nothing else meanwhile. */
  async compile(wishes: CompileWishes): Promise<CompiledFiles> {
    const {compileFiles} = await import('./take-home/compile');
    return this.classifier.hold(() => compileFiles(this.inUse.loaded(), this.inUse.fileStem, wishes));
  }

  /** Takes the place of the model in use, which stays where the files are no model that classifies digits. */
  async openFiles(files: File[]): Promise<OpenedModel> {
    return this.inUse.replace(await openFromFiles(files));
  }

  keptModels(): Promise<KeptModel[]> {
    return keptModels();
  }

  keepModel(name: string): Promise<void> {
    return keepModel(this.inUse.loaded(), name, this.inUse.note);
  }

  async openKept(name: string): Promise<OpenedModel> {
    return this.inUse.replace(await openFromStorage(name));
  }

  /** Goes on with the network of an earlier training. */
  async openRun(id: number): Promise<OpenedModel> {
    return this.inUse.replace(await this.kept.opened(id));
  }

  removeKept(name: string): Promise<void> {
    return removeKept(name);
  }

  private subject(): {model: LayersModel | undefined; test: MnistSplit | undefined} {
    return {model: this.inUse.current, test: this.data?.test};
  }

  private ready(): {model: LayersModel; data: MnistData} {
    if (!this.data) throw new Error(texts.data.none);
    return {model: this.inUse.loaded(), data: this.data};
  }
}
