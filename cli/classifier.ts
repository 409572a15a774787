import type {MnistData} from 'mnist-wasm/mnist';
import {count, percent} from '../common/format';
import {
  type ClassifierModel,
  type DigitClassifier,
  type Finding,
  findPreparation,
  fitTitle,
  imageInputOf,
  READING_TITLES,
  scalingTitle,
  usualClassifier,
} from '../recipes';
import {RunError} from './errors';
import {RunnableGraph} from './graph/graph-model';
import {type FoundModel, findModelAt, isGraph} from './open-model';
import type {ScalingOptions} from './options';

export interface OpenedClassifier {
  classifier: DigitClassifier;
  /** For people: how images are made what the model takes, and what its output is; a line each. */
  lines: string[];
}

/**
 * A model as a classifier of digits. Of a run of this program it is known what it was trained on; of any other it is found on
 * test images.
 *
 * @param loadTest gives those, where they are needed.
 * @throws RunError where the model does not classify digits; what openModel throws.
 */
export async function openClassifier(
  location: string,
  scaling: ScalingOptions,
  loadTest: () => Promise<Pick<MnistData, 'test' | 'source'>>,
): Promise<OpenedClassifier> {
  return classifierOf(location, await findModelAt(location), scaling, loadTest);
}

/** The same of a model that was found. */
export async function classifierOf(
  location: string,
  {model: found, isOfRun}: FoundModel,
  {scale, polarity}: ScalingOptions,
  loadTest: () => Promise<Pick<MnistData, 'test' | 'source'>>,
): Promise<OpenedClassifier> {
  const model = isGraph(found) ? await RunnableGraph.load(found) : found;
  const input = imageInputOf(model);
  if (typeof input === 'string') throw new RunError(`${location} ${input}`);
  if (isOfRun && scale === undefined && polarity === undefined) {
    const classifier = usualClassifier(model, input);
    return {classifier, lines: []};
  }
  const {test, source} = await loadTest();
  const forced = {...(scale && {scale}), ...(polarity && {polarity})};
  const finding = await findPreparation(model, input, test, forced).catch((error: unknown) => {
    throw error instanceof RangeError ? new RunError(`${location}: ${error.message}`, {cause: error}) : error;
  });
  const isForced = scale !== undefined && polarity !== undefined;
  const images = `${count(finding.images)} ${source === 'digits' ? 'built-in digits' : 'test images'}`;
  return {classifier: finding.classifier, lines: [inputLine(model, finding, isForced, images), outputLine(finding)]};
}

function inputLine(model: ClassifierModel, finding: Finding, isForced: boolean, images: string): string {
  const {input, preparation} = finding.classifier;
  const shape = `[${model.inputs[0].shape.map((size) => size ?? 'batch').join(', ')}]`;
  const fit = preparation.fit === 'same' ? [] : [fitTitle(preparation.fit, input)];
  const grey = input.channels === 3 ? [`grey as RGB${input.channelsFirst ? ', channels first' : ''}`] : [];
  const facts = [shape, ...fit, ...grey, scalingTitle(preparation)].join(', ');
  return `Input    ${facts} (${isForced ? 'as told' : reason(finding, images)})`;
}

function reason({accuracy, usualAccuracy, tried, classifier}: Finding, images: string): string {
  const {scale, polarity} = classifier.preparation;
  if (tried === 1) return `${percent(accuracy, 1)} of ${images} right`;
  const usual = scale === '0..1' && polarity === 'white-on-black';
  const other = usual ? '' : `, as 0..1 white on black ${percent(usualAccuracy, 1)}`;
  return `found: ${percent(accuracy, 1)} of ${images} right${other}`;
}

function outputLine({classifier: {reading}}: Finding): string {
  return `Output   ${READING_TITLES[reading]}`;
}
