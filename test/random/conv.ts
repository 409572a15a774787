import type {NamedAttrMap} from '@tensorflow/tfjs-core';
import fc, {type Arbitrary} from 'fast-check';
import type {InputSpec} from '../cases/types';
import {
  activatedTolerance,
  activationAttrs,
  activations,
  broadcastable,
  COARSE,
  type Factors,
  factors,
  sumTolerance,
} from './factors';
import {anyNumber, type RandomCase, type RandomCases, withGradient} from './types';
import {convolved, filterShape, roundedWindows, smallWindows, type Window} from './windows';

type Random = () => number;
type DataFormat = 'NHWC' | 'NCHW';

const dataFormats = fc.constantFrom<DataFormat>('NHWC', 'NHWC', 'NCHW');

/** What is in the order of NHWC in the order of the given format. */
function formatted<T>([batch, height, width, channels]: readonly T[], dataFormat: DataFormat): T[] {
  return dataFormat === 'NHWC' ? [batch, height, width, channels] : [batch, channels, height, width];
}

/** One number for both dimensions where they are equal and it is wanted, or two: tfjs takes either. */
const pairOf = (pair: [number, number], random: Random) => (pair[0] === pair[1] && random() % 2 ? pair[0] : pair);

function attrsOf({strides, pad, dimRoundingMode}: Window, dataFormat: DataFormat, random: Random): NamedAttrMap {
  const explicit = Array.isArray(pad) ? (formatted<[number, number]>(pad, dataFormat) as typeof pad) : pad;
  return {strides: pairOf(strides, random), pad: explicit, dataFormat, ...(dimRoundingMode && {dimRoundingMode})};
}

function conv2D(w: Window, kinds: Factors, dataFormat: DataFormat, random: Random): RandomCase {
  return {
    inputs: {
      x: {shape: formatted(w.x, dataFormat), values: kinds[0]},
      filter: {shape: filterShape(w), values: kinds[1]},
    },
    attrs: {...attrsOf(w, dataFormat, random), dilations: pairOf(w.dilations, random)},
    tolerance: sumTolerance(kinds),
  };
}

function backpropFilter(w: Window, kinds: Factors, dataFormat: DataFormat, random: Random): RandomCase {
  return {
    inputs: {
      x: {shape: formatted(w.x, dataFormat), values: kinds[0]},
      dy: {shape: formatted(convolved(w), dataFormat), values: kinds[1]},
    },
    attrs: {...attrsOf(w, dataFormat, random), filterShape: filterShape(w)},
    tolerance: sumTolerance(kinds),
  };
}

/** As conv2dTranspose allows it, dy may have rows and columns more than the output: they do not count. */
function backpropInput(w: Window, kinds: Factors, dataFormat: DataFormat, random: Random, more = 0): RandomCase {
  const [batch, height, width, channels] = convolved(w);
  return {
    inputs: {
      dy: {shape: formatted([batch, height + more, width + more, channels], dataFormat), values: kinds[0]},
      filter: {shape: filterShape(w), values: kinds[1]},
    },
    attrs: {...attrsOf(w, dataFormat, random), inputShape: formatted(w.x, dataFormat)},
    tolerance: sumTolerance(kinds),
  };
}

/** Those of filters of 3x3 and 5x5 and many channels, which minimal filtering may compute. */
function factorsOf({x, filter: [height, width], strides, dilations, outputs}: Window, kinds: Factors): Factors {
  const isMinimal =
    height === width &&
    (height === 3 || height === 5) &&
    [...strides, ...dilations].every((step) => step === 1) &&
    Math.min(x[3], outputs) >= 16;
  return isMinimal ? COARSE : kinds;
}

const fusedConv2D = fc
  .tuple(roundedWindows, factors, dataFormats, activations, fc.boolean(), anyNumber)
  .map(([w, drawn, dataFormat, activation, hasBias, random]): RandomCase => {
    const kinds = factorsOf(w, drawn);
    const {inputs, attrs} = conv2D(w, kinds, dataFormat, random);
    const added: Record<string, InputSpec> = {};
    const [, height, width, channels] = convolved(w, w.dilations);
    // One value for each channel, one for all, or for NHWC anything that can be broadcast.
    const perChannel = [[channels], [channels], [1], []];
    const biases =
      dataFormat === 'NHWC' ? [...perChannel, broadcastable([height, width, channels], random)] : perChannel;
    const result = formatted([0, height, width, channels], dataFormat).slice(1);
    const alphas = [...perChannel, result.map((n) => (random() % 2 ? n : 1))];
    if (hasBias) added.bias = {shape: biases[random() % biases.length], values: 'exact'};
    if (activation === 'prelu') {
      added.preluActivationWeights = {shape: alphas[random() % alphas.length], values: 'exact'};
    }
    return {
      inputs: {...inputs, ...added},
      attrs: {...attrs, ...activationAttrs(activation)},
      tolerance: activatedTolerance(kinds),
    };
  });

type Build = typeof conv2D;

const any = (windows: Arbitrary<Window>, build: Build) =>
  fc
    .tuple(windows, factors, dataFormats, anyNumber)
    .map(([w, kinds, dataFormat, random]) => build(w, factorsOf(w, kinds), dataFormat, random));

const smooth = (build: Build) =>
  fc
    .tuple(smallWindows, dataFormats, anyNumber)
    .map(([w, dataFormat, random]) => build(w, ['normal', 'normal'], dataFormat, random));

/**
 * 2D convolutions. Only one factor may be infinite, and not the filter, nor dy beside x: what is padded is read as
 * zeros, which an infinite weight makes NaN, where the CPU backend leaves it out.
 */
export const random: RandomCases = {
  Conv2D: withGradient(any(roundedWindows, conv2D), smooth(conv2D)),

  FusedConv2D: fusedConv2D,

  Conv2DBackpropFilter: any(roundedWindows, backpropFilter),

  Conv2DBackpropInput: withGradient(
    any(roundedWindows, (w, kinds, dataFormat, random) =>
      backpropInput(w, kinds, dataFormat, random, random() % 4 ? 0 : 1 + (random() % 2)),
    ),
    smooth(backpropInput),
  ),
};
