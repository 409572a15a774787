import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {MnistSplit} from 'mnist-wasm/mnist';
import {evaluate} from '../../recipes';
import type {Evaluation} from './types';
import {leastSure} from './unsure';

/** Mistakes that are shown: the most confident of all, and those of each cell of the confusion matrix. */
const MOST_MISTAKES = 500;
const DIGITS = 10;
/** Right answers that are shown of each digit. */
const MOST_UNSURE = 24;

/** A model on all test images, with those that it got wrong, or hardly right. */
export async function evaluationOf(
  model: LayersModel,
  test: MnistSplit,
  onProgress: (done: number, total: number) => void,
): Promise<Evaluation> {
  const {images, labels, size} = test;
  const {metrics, probabilities} = await evaluate(model, test, (done) => onProgress(done, size));
  const pixels = images.length / size;
  const withPixels = <Answer extends {index: number}>(answer: Answer) => ({
    ...answer,
    pixels: images.slice(answer.index * pixels, (answer.index + 1) * pixels),
  });
  const unsure = leastSure(probabilities, labels, DIGITS, MOST_UNSURE);
  return {
    ...metrics,
    mistakes: metrics.mistakes.slice(0, MOST_MISTAKES).map(withPixels),
    unsure: unsure.map((answer) => withPixels({...answer, predicted: answer.label})),
  };
}
