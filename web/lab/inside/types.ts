/** What the page is told of the inside of a model: plain data. */
import type {Digit, Picture} from '../types';

/** An answer, and how long the worker computed for it: who asks while a model trains waits so that it takes a small share. */
export interface Timed<T> {
  value: T;
  /** Milliseconds. */
  took: number;
}

/** A layer, and what it makes of an image. */
export interface LayerView {
  name: string;
  /** As tfjs names it: Conv2D. */
  type: string;
  /** As tfjs names it: relu; undefined for a layer that has none. */
  activation: string | undefined;
  /** Of its output, without the batch. */
  shape: number[];
  /** pictures: one a channel, the first of them; cells: all values, or the first of them, in one picture of one row. */
  form: 'pictures' | 'cells';
  /** Of channels, or of values. */
  count: number;
  pictures: Picture[];
  /** The weights of each picture, where they are one picture themselves: of a convolution of the image. */
  filters: Picture[] | undefined;
}

/** One channel or value of a layer. */
export interface UnitChoice {
  /** The layer's position among those of the strips. */
  layer: number;
  unit: number;
}

export type Place = [row: number, column: number];

export interface Box {
  top: number;
  left: number;
  height: number;
  width: number;
}

/** How one value of a layer comes about. */
export interface UnitView extends UnitChoice {
  type: string;
  activation: string | undefined;
  /** What the unit answers, where that is a picture. */
  answer: Picture | undefined;
  /** Where in the answer the value stands. */
  place: Place | undefined;
  /** The pixels of the image that it depends on; undefined where that is all of them, or not known. */
  field: Box | undefined;
  /** Of what the layer is given, before it was flattened. */
  inputShape: number[];
  /** All weights of the unit as pictures, the first of them, and how many there are. */
  weights: {pictures: Picture[]; count: number} | undefined;
  /** The weighted sum, for layers that make one. */
  sum: WeightedSum | undefined;
  /** What a pooling layer takes its value of. */
  pooled: Picture | undefined;
  /** The layer's output, after the activation. */
  value: number;
}

export interface WeightedSum {
  /** The largest, the largest first. */
  parts: SumPart[];
  /** All others. */
  rest: {count: number; sum: number};
  bias: number;
  /** Of the parts, the rest and the bias. */
  total: number;
}

/** What a weighted sum takes from one channel, or of one value, of the layer before. */
export interface SumPart {
  /** The channel, or the value. */
  from: number;
  inputs: Picture;
  weights: Picture;
  sum: number;
}

/** A test image that excites a unit. */
export interface ExcitingImage extends Digit {
  index: number;
  value: number;
}

/** What the ten scores are made of. */
export interface Evidence {
  /** The layer that makes the scores, among those of the strips. */
  layer: number;
  scores: Score[];
}

export interface Score {
  /** The sum of all that speaks for the digit, of all that speaks against it, and what it has from the start. */
  for: number;
  against: number;
  bias: number;
  total: number;
  /** The largest of both kinds, the largest first. */
  reasons: {for: SumPart[]; against: SumPart[]};
}

/** Which pixels matter for an answer. */
export interface Occlusion {
  digit: number;
  probability: number;
  /** By how much the probability falls where a pixel's surroundings are covered; negative where it rises. */
  falls: Picture;
}

/** Test images in the plane, images of the same kind near each other. */
export interface TestMap {
  /** [x, y] of each, from -1 to 1. */
  points: Float32Array;
  labels: Uint8Array;
  /** What share of the differences between the images the plane shows. */
  share: number;
}
