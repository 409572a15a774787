import type {MnistSplit} from 'mnist-wasm/mnist';
import {type DigitClassifier, outputsOf, type Preparation} from './classifier';
import {fitsOf} from './fitting';
import type {ImageInput} from './image-input';
import type {ClassifierModel} from './model';
import {endingOf, probabilitiesOf, type Reading, readingOf} from './reading';
import {RARE, type Scaling, scalingsOf} from './scaling';
import {clearlyBetter, type Score, scoreOf} from './score';

/** Images on which every preparation is tried, and on which the most promising are. */
const FIRST_LOOK = 100;
const SAMPLE = 1000;
/** The latter of a model with so many parameters, of which a hundred images may take seconds. */
const LARGE_SAMPLE = 300;
const LARGE = 5_000_000;
const FINALISTS = 6;

/** What the sample has shown. */
export interface Finding {
  classifier: DigitClassifier;
  /** Images of the sample. */
  images: number;
  /** The share of them that is read right, and with the usual preparation, which is the first of those that were tried. */
  accuracy: number;
  usualAccuracy: number;
  /** How many preparations were tried. */
  tried: number;
}

interface Trial extends Score {
  preparation: Preparation;
  reading: Reading;
}

/**
 * Finds how images are made what a model was trained on - the range of the numbers, which of ink and paper is bright, how a
 * side other than 28 is filled - and what its outputs are, on a few hundred labelled images.
 *
 * The usual (0..1, white on black) is left only for what is clearly better.
 *
 * @param forced is taken, and the rest is found.
 */
export async function findPreparation(
  model: ClassifierModel,
  input: ImageInput,
  split: MnistSplit,
  forced: Partial<Scaling> = {},
): Promise<Finding> {
  const sample = spread(split, model.countParams() < LARGE ? SAMPLE : LARGE_SAMPLE);
  const ending = endingOf(model);
  const run = async (preparation: Preparation, {images, labels}: MnistSplit): Promise<Trial> => {
    const outputs = await outputsOf({model, input, preparation}, images);
    const reading = readingOf(outputs, ending);
    return {preparation, reading, ...scoreOf(probabilitiesOf(outputs, reading), labels)};
  };
  const preparations = scalingsOf(forced, input).flatMap((scaling) => fitsOf(input).map((fit) => ({...scaling, fit})));
  const look = spread(split, FIRST_LOOK);
  const finalists = await choose(preparations, (preparation) => run(preparation, look));
  const trials: Trial[] = [];
  for (const preparation of finalists) trials.push(await run(preparation, sample));
  const best = trials.reduce((first, other) => {
    const errors = RARE.includes(other.preparation.scale) ? 3 : 1;
    return clearlyBetter(other, first, first === trials[0], errors) ? other : first;
  });
  return {
    classifier: {model, input, preparation: best.preparation, reading: best.reading},
    images: sample.size,
    accuracy: best.accuracy,
    usualAccuracy: trials[0].accuracy,
    tried: preparations.length,
  };
}

/** The first, which is the usual, and the most promising others, in their order. */
async function choose(
  preparations: Preparation[],
  look: (preparation: Preparation) => Promise<Trial>,
): Promise<Preparation[]> {
  const [usual, ...others] = preparations;
  if (others.length <= 2) return preparations;
  const trials: Trial[] = [];
  for (const preparation of preparations) trials.push(await look(preparation));
  const least = Math.min(...trials.map(({sharpLoss}) => sharpLoss));
  const promising = trials
    .slice(1)
    .filter(({sharpLoss}) => sharpLoss <= 2 * least + 0.05)
    .sort((a, b) => a.sharpLoss - b.sharpLoss)
    .slice(0, FINALISTS);
  const chosen = promising.map(({preparation}) => preparation);
  return [usual, ...others.filter((preparation) => chosen.includes(preparation))];
}

/** Images from all of a split, which may be sorted by its labels. */
function spread({images, labels, size}: MnistSplit, count: number): MnistSplit {
  if (size <= count) return {images, labels, size};
  const pixels = images.length / size;
  const chosen = Array.from({length: count}, (_, i) => Math.floor((i * size) / count));
  const result = new Uint8Array(count * pixels);
  chosen.forEach((at, i) => void result.set(images.subarray(at * pixels, (at + 1) * pixels), i * pixels));
  return {images: result, labels: Uint8Array.from(chosen, (at) => labels[at]), size: count};
}
