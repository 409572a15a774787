/** Everything that the editor of networks says. */
import {count} from '../../common/format';
import type {NumberRule} from './rules';
import type {Activation, LayerKind, LayerSpec, OptimizerName, Padding, TrainingSpec} from './spec';

/** 14 × 14 × 6, or 400. */
export const sizes = (shape: readonly number[]) => shape.map(count).join(' × ');

const given = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value)?.slice(0, 40));

const titles: Record<LayerKind, string> = {
  conv2d: 'Convolution',
  maxPooling: 'Max pooling',
  averagePooling: 'Average pooling',
  flatten: 'Flatten',
  dense: 'Dense',
  dropout: 'Dropout',
  batchNormalization: 'Batch normalisation',
  activation: 'Activation',
};

/** What each layer does, for somebody who meets it for the first time. */
const explanations: Record<LayerKind, string> = {
  conv2d:
    'Slides small patterns, its filters, over the picture, and tells where each is found. It learns the patterns. The stride is how far it moves each time; padded edges keep the picture from shrinking.',
  maxPooling:
    'Makes the picture smaller: of each window only the largest number stays. The stride is how far the window moves each time.',
  averagePooling:
    'Makes the picture smaller: of each window only the average stays. The stride is how far the window moves each time.',
  flatten: 'Lays all numbers of the picture in one row, as the dense layers take them.',
  dense: 'Each of its units weighs all numbers that come in, and adds them up. It learns the weights.',
  dropout:
    'While it trains, sets a random share of the numbers to 0, so that the network does not rely on single ones. It does nothing when it answers.',
  batchNormalization:
    'Shifts and scales the numbers so that they are of like size over a batch; that makes training steadier.',
  activation: 'Bends each number by a curve. Without a curve somewhere, many layers could do no more than one.',
};

const activations: Record<Activation, string> = {
  linear: 'none (linear)',
  relu: 'ReLU: negative to 0',
  elu: 'ELU',
  tanh: 'tanh: −1 to 1',
  sigmoid: 'sigmoid: 0 to 1',
  softplus: 'softplus',
};
const paddings: Record<Padding, string> = {same: 'padded: edges count too', valid: 'not padded'};
const optimizers: Record<OptimizerName, string> = {
  sgd: 'SGD: plain steps downhill',
  momentum: 'SGD with momentum',
  adam: 'Adam',
  adamax: 'Adamax',
  rmsprop: 'RMSprop',
  adagrad: 'Adagrad',
  adadelta: 'Adadelta',
};
const schedules: Record<TrainingSpec['schedule'], string> = {constant: 'stays as it is', linear: 'falls to 0'};

export const texts = {
  titles,
  explanations,
  options: {...activations, ...paddings, ...optimizers, ...schedules} as Record<string, string>,
  fields: {
    filters: 'Filters',
    kernel: 'Window side',
    size: 'Window side',
    stride: 'Stride',
    padding: 'Edges',
    activation: 'Activation',
    units: 'Units',
    rate: 'Share dropped',
    l2: 'L2',
    optimizer: 'Optimizer',
    learningRate: 'Step size (learning rate)',
    schedule: 'Learning rate over time',
    batchSize: 'Images a step (batch size)',
  } as Record<string, string>,

  // The editor.
  change: 'Change this network',
  close: 'Close the editor',
  editor: 'Change the network',
  intro: 'The picture goes through the layers from top to bottom. Open one to change it.',
  name: 'Name',
  layers: 'Layers',
  picture: 'Picture',
  pictureOf: (shape: readonly number[]) => `${sizes(shape)}: the digit`,
  answer: (classes: number) => `${classes} units, softmax: how sure it is of each digit. Always the last.`,
  add: 'Add a layer',
  addAction: 'Add',
  addWhere: (after: string | undefined) => (after ? `It comes below ${after}.` : 'It comes last, above the answer.'),
  up: 'Move up',
  down: 'Move down',
  remove: 'Remove',
  number: (at: number, kind: LayerKind) => `layer ${at + 1}, ${titles[kind]}`,
  moved: (kind: LayerKind, at: number) => `${titles[kind]} is layer ${at + 1} now.`,
  removed: (kind: LayerKind) => `${titles[kind]} is removed.`,
  added: (kind: LayerKind, at: number) => `${titles[kind]} is added as layer ${at + 1}.`,
  weights: (parameters: number) => (parameters === 0 ? 'no weights' : `${count(parameters)} weights`),
  totals: (parameters: number, bytes: number) =>
    `${count(parameters)} weights in all. Training takes about ${count(Math.ceil(bytes / 1e6))} MB.`,
  training: 'How it trains',
  trainingNote:
    'The optimizer turns mistakes into new weights; the step size is how far it goes at once, after each batch of images. L2 keeps the weights small: 0 for none, 0.001 is much. A dense layer with an L2 of its own has that in its place.',
  build: 'Build this network',
  buildNote: 'It begins untrained.',
  notBuilt: 'Not built yet: training goes on with the network as it was.',
  built: (name: string, parameters: number) => `${name} is built, with ${count(parameters)} weights, untrained.`,
  reset: 'Undo the changes',
  usual: (title: string) => `${title}, changed`,
  own: (name: string) => `Your own: ${name}`,
  fromFile: 'from a file',

  // What is taken along.
  copyLink: 'Copy link',
  linkCopied: 'The link is copied.',
  link: 'Link to this network',
  linkNote: 'It holds the layers and the settings, not what the network has learned.',
  code: 'The code',
  language: 'For',
  codeOf: {tfjs: 'TensorFlow.js', keras: 'Keras (Python)'},
  copyCode: 'Copy code',
  codeCopied: 'The code is copied.',
  byHand: 'The browser does not let this page copy: select the text, and copy it by hand.',

  // What cannot be.
  where: (at: number, kind: LayerKind, what: string) => `Layer ${at + 1}, ${titles[kind]}: ${what}`,
  whereAnswer: (what: string) => `The answer: ${what}`,
  doesNotFit: (side: number, window: number) =>
    `the picture is ${side} × ${side} here: a window of ${window} × ${window} does not fit; make it smaller, or pad.`,
  needsPicture: (length: number) =>
    `it needs a picture, and here is a row of ${count(length)} numbers; move it above Flatten.`,
  needsRow: (shape: readonly number[]) =>
    `it needs a row of numbers, and here is a picture of ${sizes(shape)}; put Flatten before it.`,
  isRow: 'the numbers are in a row already; remove it.',
  tooManyWeights: (parameters: number, most: number) =>
    `The network has ${count(parameters)} weights; a browser's tab keeps up with ${count(most)}. Make layers smaller, or pool more.`,
  tooMuchMemory: (bytes: number, most: number) =>
    `Training would take about ${count(bytes / 1e6)} MB, more than the ${count(most / 1e6)} MB that a tab may have here. Make layers or the batch smaller.`,
  tooMuchWork: (multiplications: number, most: number) =>
    `One step would take ${count(multiplications / 1e9)} billion multiplications, more than ${count(most / 1e9)} billion: nobody could wait for it. Make layers or the batch smaller.`,
  tooManyLayers: (layers: number, most: number) => `The network has ${layers} layers; at most ${most} are possible.`,
  notOneOf: (field: string, value: unknown, options: readonly string[]) =>
    `${field} is ${given(value)}; expected one of ${options.join(', ')}.`,
  outOfRange: (field: string, value: unknown, {min, max, whole}: NumberRule) =>
    `${field} is ${given(value)}; expected a ${whole ? 'whole ' : ''}number from ${min} to ${count2(max)}.`,
  badName: (value: unknown, most: number) => `The name is ${given(value)}; expected 1 to ${most} characters.`,
  badKind: (at: number, kind: unknown, kinds: readonly string[]) =>
    `Layer ${at + 1} is of the kind ${given(kind)}; expected one of ${kinds.join(', ')}.`,
  noNetwork: 'It is no description of a network: expected a name, layers and how it trains.',
  badLink: (reason: string) =>
    `The link holds no network that can be built: ${reason} The usual network is here in its place.`,
  linkVersion: (version: string) => `it is of version ${given(version)}, and this page reads version 1.`,
  linkDamaged: 'it is cut off or damaged.',
  linkTooLong: (most: number) => `it is longer than ${count(most)} characters.`,
  cannotEdit: (reason: string) => `This network cannot be changed here: ${reason}.`,
  unknownLayer: (type: string) => `it has a layer ${type}, which the editor does not have`,
  unknownOption: (type: string, option: string) => `its layer ${type} has a ${option} that the editor does not have`,
  unknownEnd: 'its last layer is not a dense one of 10 units with softmax',
  branches: 'its layers are not in a single row',
};

/** Fractions as they are. */
function count2(value: number): string {
  return Number.isInteger(value) ? count(value) : String(value);
}

/** A layer in a few words: what its row says while it is closed. */
export function summaryOf(layer: LayerSpec): string {
  switch (layer.kind) {
    case 'conv2d':
      return joined(
        `${layer.filters} filters of ${layer.kernel} × ${layer.kernel}`,
        layer.stride > 1 && `stride ${layer.stride}`,
        layer.padding === 'same' && 'padded',
        curve(layer.activation),
      );
    case 'maxPooling':
    case 'averagePooling':
      return joined(
        `${layer.size} × ${layer.size}`,
        layer.stride !== layer.size && `stride ${layer.stride}`,
        layer.padding === 'same' && 'padded',
      );
    case 'dense':
      return joined(`${layer.units} units`, curve(layer.activation), layer.l2 > 0 && `L2 ${layer.l2}`);
    case 'dropout':
      return `${Math.round(layer.rate * 100)} %`;
    case 'activation':
      return layer.activation;
    default:
      return '';
  }
}

function curve(activation: Activation): string | false {
  return activation !== 'linear' && activation;
}

function joined(...parts: (string | false)[]): string {
  return parts.filter(Boolean).join(', ');
}
