import {dispose, type Tensor, tensor} from '@tensorflow/tfjs-core';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {nextTurn} from '../../common/turn';
import {type ClassificationMetrics, classificationMetrics} from '../training/metrics';
import {type Fit, fitPixels} from './fitting';
import type {ImageInput} from './image-input';
import {type ClassifierModel, hasLayers} from './model';
import {type OwnLoss, ownLossOf} from './own-loss';
import {CLASSES, lossesOf, probabilitiesOf, type Reading} from './reading';
import {type Scaling, tableOf, USUAL_SCALING} from './scaling';

const PIXELS = 28 * 28;
/** Images of a batch, of 28x28 pixels; of larger ones fewer, so that a batch takes no more memory than 250 of 64x64. */
const BATCH_SIZE = 250;
const BATCH_NUMBERS = BATCH_SIZE * 64 * 64;

/** How images are made what a model was trained on. */
export interface Preparation extends Scaling {
  fit: Fit;
}

/** A model with what is known of its input and output: from MNIST's pixels to probabilities. */
export interface DigitClassifier {
  model: ClassifierModel;
  input: ImageInput;
  preparation: Preparation;
  reading: Reading;
}

/** A classifier that takes MNIST as it is, and gives probabilities, as the recipes' models do. */
export function usualClassifier(model: ClassifierModel, input: ImageInput): DigitClassifier {
  return {model, input, preparation: {...USUAL_SCALING, fit: 'same'}, reading: 'probabilities'};
}

/**
 * The ten probabilities of each image.
 * @param pixels [n, 784], 0 background to 255 ink, as MNIST has them.
 */
export async function classify(classifier: DigitClassifier, pixels: Uint8Array): Promise<Float32Array> {
  return probabilitiesOf(await outputsOf(classifier, pixels), classifier.reading);
}

/**
 * Classifies a whole split and compares with the labels.
 * @param onProgress called with the number of images done.
 */
export async function testClassifier(
  classifier: DigitClassifier,
  {images, labels}: MnistSplit,
  onProgress?: (done: number) => void,
): Promise<{metrics: ClassificationMetrics; ownLoss?: OwnLoss}> {
  const {model, reading} = classifier;
  const outputs = await outputsOf(classifier, images, onProgress);
  const losses = lossesOf(outputs, labels, reading);
  const metrics = classificationMetrics(probabilitiesOf(outputs, reading), labels, CLASSES, losses);
  return {metrics, ownLoss: ownLossOf(model, outputs, labels)};
}

/** What the model gives, [n, 10]. @throws RangeError where that is another shape, or NaN throughout. */
export async function outputsOf(
  {model, input, preparation}: Pick<DigitClassifier, 'model' | 'input' | 'preparation'>,
  pixels: Uint8Array,
  onProgress?: (done: number) => void,
): Promise<Float32Array> {
  const count = pixels.length / PIXELS;
  const outputs = new Float32Array(count * CLASSES);
  const numbers = input.side ** 2 * input.channels;
  const size = input.batch ?? Math.max(1, Math.min(BATCH_SIZE, Math.floor(BATCH_NUMBERS / numbers)));
  for (let first = 0; first < count; first += size) {
    const images = Math.min(size, count - first);
    const batch = pixels.subarray(first * PIXELS, (first + images) * PIXELS);
    const values = await predictBatch(model, await inputTensor(input, preparation, batch));
    outputs.set(values.subarray(0, images * CLASSES), first * CLASSES);
    onProgress?.(first + images);
    await nextTurn();
  }
  return outputs;
}

async function predictBatch(model: ClassifierModel, xs: Tensor): Promise<Float32Array> {
  // Of a recurrent model that keeps its state from batch to batch: these images are no sequence.
  if (hasLayers(model) && model.stateful) model.resetStates();
  const prediction = model.predictOnBatch(xs) as Tensor;
  const [batch] = xs.shape;
  const {size, shape} = prediction;
  const values = await prediction.data<'float32'>();
  dispose([xs, prediction]);
  if (values.every(Number.isNaN)) {
    throw new RangeError('the model gives NaN alone: its weights are damaged, or its training ran away');
  }
  if (size === batch * CLASSES) return values;
  throw new RangeError(`the model gives [${shape}] for ${batch} images: expected ten numbers for each`);
}

/**
 * Images as a model takes them.
 * @param pixels [n, 784]; of a model with a batch of its own n may be less, the rest is paper.
 * @returns The caller disposes it.
 */
export async function inputTensor(input: ImageInput, preparation: Preparation, pixels: Uint8Array): Promise<Tensor> {
  const fitted = await fitPixels(pixels, input, preparation.fit);
  const {side, channels, channelsFirst, dtype} = input;
  const area = side * side;
  const count = pixels.length / PIXELS;
  const batch = input.batch ?? count;
  const table = tableOf(preparation);
  const values = new Float32Array(batch * area * channels).fill(table[0]);
  if (channels === 1) for (let i = 0; i < fitted.length; i++) values[i] = table[fitted[i]];
  else {
    for (let i = 0; i < fitted.length; i++) {
      const [image, at] = [Math.floor(i / area), i % area];
      for (let c = 0; c < channels; c++) {
        values[image * area * channels + (channelsFirst ? c * area + at : at * channels + c)] = table[fitted[i]];
      }
    }
  }
  return tensor(values, [batch, ...input.shape], dtype);
}
