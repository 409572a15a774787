/** What is said of layers, units and sums. */
import {count} from '../../../common/format';
import type {LayerView, UnitView} from '../../lab/inside/types';

interface Kind {
  title: string;
  /** What it does, in one sentence. */
  does: string;
  /** What one of its pictures or cells is. */
  unit: string;
}

/** By the names that tfjs gives to layers. */
const KINDS: Record<string, Kind> = {
  Conv2D: {
    title: 'Convolution',
    does: 'Small filters slide over the pictures before; each makes a picture of where it finds its pattern.',
    unit: 'filter',
  },
  DepthwiseConv2D: {
    title: 'Convolution, each channel apart',
    does: 'Each picture before is searched by a small filter of its own.',
    unit: 'filter',
  },
  SeparableConv2D: {
    title: 'Convolution in two steps',
    does: 'Small filters search each picture before, then what they found is mixed into new pictures.',
    unit: 'filter',
  },
  Conv2DTranspose: {
    title: 'Enlarging convolution',
    does: 'Small filters paint larger pictures out of those before.',
    unit: 'filter',
  },
  MaxPooling2D: {
    title: 'Pooling, the largest',
    does: 'Makes each picture smaller: of each little square of pixels the brightest stays.',
    unit: 'picture',
  },
  AveragePooling2D: {
    title: 'Pooling, the mean',
    does: 'Makes each picture smaller: each little square of pixels becomes one, their mean.',
    unit: 'picture',
  },
  GlobalMaxPooling2D: {
    title: 'Pooling of whole pictures',
    does: 'Of each picture only its brightest pixel stays.',
    unit: 'cell',
  },
  GlobalAveragePooling2D: {
    title: 'Pooling of whole pictures',
    does: 'Of each picture only the mean of its pixels stays.',
    unit: 'cell',
  },
  BatchNormalization: {
    title: 'Evening out',
    does: 'Shifts and stretches each picture or cell so that its values are of a usual size (batch normalisation).',
    unit: 'picture',
  },
  Dropout: {
    title: 'Dropout',
    does: 'While the network trains, it leaves out some values by chance, so that no one is relied on; now it lets all pass.',
    unit: 'cell',
  },
  Flatten: {
    title: 'In one row',
    does: 'Puts the pixels of all pictures into one long row; nothing is computed.',
    unit: 'cell',
  },
  Reshape: {
    title: 'Another shape',
    does: 'Arranges the same numbers in another way; nothing is computed.',
    unit: 'cell',
  },
  Dense: {
    title: 'Dense layer',
    does: 'Each unit adds up all values before it, each times a weight of its own: what it has learned to look for.',
    unit: 'unit',
  },
  Activation: {
    title: 'Activation',
    does: 'Bends each value by a simple rule.',
    unit: 'cell',
  },
  ReLU: {
    title: 'Activation',
    does: 'What is negative becomes 0, all else stays.',
    unit: 'cell',
  },
  Softmax: {
    title: 'Softmax',
    does: 'Turns scores into shares that sum to 1.',
    unit: 'cell',
  },
};

const OUTPUTS =
  'Each of the ten units adds up all values before it; their scores become shares that sum to 1: the answer.';

/** By the names that tfjs gives to activations; what happens to the sum. */
const ACTIVATIONS: Record<string, string> = {
  linear: 'stays as it is',
  relu: 'ReLU: below 0 it becomes 0',
  relu6: 'ReLU6: held between 0 and 6',
  sigmoid: 'sigmoid: squeezed between 0 and 1',
  tanh: 'tanh: squeezed between −1 and 1',
  softmax: 'softmax: its share among the ten',
};

export function titleOf({type}: Pick<LayerView, 'type'>): string {
  return KINDS[type]?.title ?? type;
}

export function explain({type}: LayerView, isLast: boolean): string {
  if (isLast && type === 'Dense') return OUTPUTS;
  return KINDS[type]?.does ?? 'Computes new values of those before.';
}

/** filter, unit ... */
export function unitWord({type, form}: Pick<LayerView, 'type'> & Partial<Pick<LayerView, 'form'>>): string {
  const word = KINDS[type]?.unit ?? 'cell';
  if (form === 'pictures' && word === 'cell') return 'picture';
  return form === 'cells' && word === 'picture' ? 'cell' : word;
}

/** 16 pictures of 10 × 10. */
export function sizeInWords({form, count: all, shape}: LayerView): string {
  if (form === 'cells') return `${count(all)} numbers`;
  return `${count(all)} ${all === 1 ? 'picture' : 'pictures'} of ${shape[0]} × ${shape[1]}`;
}

export function activationInWords({activation}: Pick<UnitView, 'activation'>): string {
  if (activation === undefined) return 'stays as it is';
  return ACTIVATIONS[activation] ?? activation;
}

/** Where a part of a sum comes from. */
export function sourceInWords({inputShape}: UnitView, from: number, isChannel: boolean): string {
  const [, width, channels] = inputShape;
  if (isChannel) return channels === 1 ? 'the digit' : `picture ${from + 1}`;
  if (inputShape.length !== 3) return `unit ${from + 1}`;
  const pixel = Math.floor(from / channels);
  const where = `row ${Math.floor(pixel / width) + 1}, column ${(pixel % width) + 1}`;
  return channels === 1 ? where : `picture ${(from % channels) + 1}, ${where}`;
}

/** With a true minus. */
export function number(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

export const overview = {
  label: 'The whole network',
  caption:
    'The whole network: each column is a layer, lines tell what it takes its numbers from. The bolder a line, the stronger. Press a column to look closer.',
  image: 'Image',
  layer: (title: string, size: string) => `, ${title}, ${size}`,
  more: (pictures: number) => `+ ${count(pictures)}`,
};
