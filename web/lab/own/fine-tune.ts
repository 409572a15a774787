import type {MnistData} from 'mnist-wasm/mnist';
import {seededRandom} from 'mnist-wasm/training';
import {randomIndices} from '../../../recipes';
import {changed, WHOLE} from '../../break/changes';
import {type LabelledDigit, type OwnDigit, PIXELS} from '../../own/digits';
import type {Training} from '../train';
import type {TrainSettings} from '../types';

/** Images of the data set among the own ones, so that what was learned is not forgotten. */
const SAMPLE = 3000;
/** Of the images of the data set: so many are copies of own digits. */
const OWN_SHARE = 0.5;
/** Copies of one digit: with more of them it would be learned by heart. */
const MOST_COPIES = 60;
const EPOCHS = 4;
const BATCH_SIZE = 64;
/** Of the learning rate of a training from the start. */
const CAREFUL = 0.5;
const SEED = 1;

/** A copy differs from its digit by at most so much: degrees, pixels and a share of its size. */
const MOST_TURN = 10;
const MOST_SHIFT = 2;
const MOST_GROWTH = 0.1;

/** What a network goes on with, to learn one hand. */
export interface FineTuning {
  data: MnistData;
  training: Training;
  settings: TrainSettings;
}

/**
 * A short training on a sample of the data set, with copies of those own digits that are not held back.
 *
 * @param learningRate of a training from the start.
 */
export function fineTuning(
  data: MnistData,
  training: Training,
  own: readonly OwnDigit[],
  learningRate: number,
): FineTuning {
  const sample = randomIndices(data.train, SAMPLE, SEED);
  const learned = own.filter(({held}) => !held);
  const copies = Math.min(MOST_COPIES, Math.ceil((OWN_SHARE * sample.length) / learned.length));
  const more = learned.flatMap((digit, i) => copiesOf(digit, copies, i));
  const size = sample.length + more.length;
  const images = new Uint8Array(size * PIXELS);
  const labels = new Uint8Array(size);
  sample.forEach((from, i) => {
    images.set(data.train.images.subarray(from * PIXELS, (from + 1) * PIXELS), i * PIXELS);
    labels[i] = data.train.labels[from];
  });
  more.forEach(({pixels, label}, i) => {
    images.set(pixels, (sample.length + i) * PIXELS);
    labels[sample.length + i] = label;
  });
  return {
    data: {...data, train: {images, labels, size}},
    training: {
      ...training,
      stages: training.stages.slice(0, 1).map(({augmentation: _, ...stage}) => stage),
      optimizer: {...training.optimizer, decays: true},
      // All of it is learned from: what is held back of the own digits is the test.
      validation: {on: 'last', fraction: 0},
      earlyStopping: undefined,
    },
    settings: {epochs: EPOCHS, batchSize: BATCH_SIZE, learningRate: CAREFUL * learningRate, seed: SEED},
  };
}

/** The digit, and others that the same hand might have written. */
function copiesOf({pixels, label}: LabelledDigit, count: number, seed: number): LabelledDigit[] {
  const random = seededRandom(seed);
  const within = (most: number) => most * (2 * random() - 1);
  return Array.from({length: count}, (_, i) => {
    const changes = {
      ...WHOLE,
      rotation: within(MOST_TURN),
      right: within(MOST_SHIFT),
      down: within(MOST_SHIFT),
      size: 1 + within(MOST_GROWTH),
    };
    return {pixels: i === 0 ? pixels : changed(pixels, changes, seed), label};
  });
}
