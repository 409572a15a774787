/** What the page keeps of its trainings, to compare them: plain data. */
import type {NetworkSpec} from '../../network/spec';
import type {Answered, BackendName, DataInfo, ModelChoice} from '../types';

/** Of a curve: where, after how many seconds, and the figures there. */
export type RunPoint = [position: number, seconds: number, loss: number, accuracy: number];

/** One training of one network. */
export interface Run {
  /** When it ended, in milliseconds since 1970. */
  id: number;
  title: string;
  /** Undefined for a network of no recipe. */
  choice: ModelChoice | undefined;
  /** Of a network that was put together on the page. */
  network: NetworkSpec | undefined;
  optimizer: string;
  learningRate: number;
  batchSize: number;
  /** That were asked for. */
  wantedEpochs: number;
  /** Passes over the images before this training, and after it. */
  before: number;
  epochs: number;
  stopped: boolean;
  source: DataInfo['source'];
  /** That it learned from. */
  images: number;
  backend: BackendName;
  threads: number | undefined;
  /** Of training alone. */
  seconds: number;
  parameters: number;
  /** On the test images; undefined where it was not tested. */
  accuracy: number | undefined;
  /** On the images that it trained on. */
  curve: RunPoint[];
}

/** A run that was kept. */
export interface KeptRun extends Run {
  /** Whether its weights are there too: those of large networks are not kept. */
  hasWeights: boolean;
}

/** Which model is put beside the one in use: that of a run, or one that was kept by its name. */
export type SecondChoice = {run: number} | {kept: string};

/** A test image, and what two models take it for. */
interface TwiceAnswered extends Omit<Answered, 'confidence'> {
  second: number;
}

export type Agreement = 'both' | 'first' | 'second' | 'neither';

/** Two models on all test images: who reads them right. */
export interface Comparison {
  total: number;
  counts: Record<Agreement, number>;
  /** Some of the images of each. */
  images: Record<Agreement, TwiceAnswered[]>;
}
