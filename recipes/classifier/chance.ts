import type {MnistSplit} from 'mnist-wasm/mnist';
import {percent} from '../../common/format';
import {argMax, sum} from '../../common/statistics';
import type {ClassificationMetrics} from '../training/metrics';
import type {DigitClassifier} from './classifier';
import {findPreparation} from './find';
import {CLASSES} from './reading';
import {scalingTitle} from './scaling';

/** One of ten is right by chance; so far above it a model has learned something, however little. */
const AT_CHANCE = 0.2;
/** With fewer images the share that is right tells little. */
const FEWEST = 30;
/** What is read so well by another way of reading is no chance. */
const READS = 0.5;
/** The share of one answer that is nearly all. */
const NEARLY_ALL = 0.9;
const SIDE = 28;
const PIXELS = SIDE * SIDE;

/**
 * What may be the matter with a model that is no better than chance; undefined of any other.
 *
 * The digits in another order are seen in the confusion matrix, other pixels and transposed images by trying them.
 */
export async function whyAtChance(
  {model, input}: DigitClassifier,
  split: MnistSplit,
  metrics: ClassificationMetrics,
): Promise<string | undefined> {
  const {accuracy, total, confusionMatrix} = metrics;
  if (accuracy >= AT_CHANCE || total < FEWEST) return undefined;
  const order = otherOrder(confusionMatrix, total);
  if (order !== undefined) return order;
  // What was forced need not be right.
  const found = await findPreparation(model, input, split);
  if (found.accuracy >= READS) {
    return `of ${scalingTitle(found.classifier.preparation)} the model reads ${percent(found.accuracy, 1)}: leave out --scale and --polarity`;
  }
  const lying = await findPreparation(model, input, transposed(split));
  if (lying.accuracy >= READS) {
    return `the model reads transposed images (${percent(lying.accuracy, 1)} of ${lying.images} right): it was trained on such, as EMNIST has them`;
  }
  const answers = Array.from({length: CLASSES}, (_, answer) => sum(confusionMatrix.map((row) => row[answer])));
  const often = argMax(answers);
  const share = answers[often] / total;
  const same = share >= NEARLY_ALL ? ` and answers ${often} to ${percent(share, 1)} of the images` : '';
  return `the model is at chance${same}, whatever the range of the pixels: it is not trained, or not on digits like these`;
}

/** Where each digit has mostly an answer of its own, but another. */
function otherOrder(confusionMatrix: number[][], total: number): string | undefined {
  const answers = confusionMatrix.map((row) => argMax(row));
  if (new Set(answers).size < CLASSES) return undefined;
  const accuracy = sum(confusionMatrix.map((row, digit) => row[answers[digit]])) / total;
  if (accuracy < READS) return undefined;
  const digits = answers.map((_, output) => answers.indexOf(output));
  return `the model's outputs are the digits in another order, ${digits.join(' ')}: read so, ${percent(accuracy, 1)} are right`;
}

function transposed({images, labels, size}: MnistSplit): MnistSplit {
  const turned = images.map((_, i) => {
    const at = i % PIXELS;
    return images[i - at + (at % SIDE) * SIDE + Math.floor(at / SIDE)];
  });
  return {images: turned, labels, size};
}
