import {MnistError} from '../error.js';
import type {ReadData} from '../load.js';
import type {MnistSplit} from '../types.js';
import {makeUpright} from './upright.js';

const PIXELS = 28 * 28;
/** One of so many images is held out where there are no test images. MNIST has one of seven. */
const HELD_OUT = 7;

export type SetName = 'train' | 'test';

/** What a folder or file has, by what its names say. */
export type LabelledSets = Partial<Record<SetName | 'unnamed', MnistSplit>>;

/** Which set a name speaks of; `t10k` is MNIST's for the test. What is for validation is for neither. */
export function setOf(name: string): SetName | 'validation' | undefined {
  if (/valid|(^|[^a-z])val([^a-z]|$)/i.test(name)) return 'validation';
  if (/train/i.test(name)) return 'train';
  return /t10k|test/i.test(name) ? 'test' : undefined;
}

/**
 * Training and test images out of what was read.
 *
 * @param location where they are, for errors; the title begins the description.
 * @throws MnistError where the sets do not suffice.
 */
export function toData(sets: LabelledSets, location: string, title: string, testOnly: boolean): ReadData {
  const notes: string[] = [];
  let {train = sets.unnamed, test} = sets;
  if (test === undefined && train !== undefined) {
    [train, test] = holdOut(train, location);
    notes.push('every seventh held out for the test');
  }
  if (test === undefined) throw new MnistError(`${location} has no images with labels.`, {file: location});
  if (train === undefined && !testOnly) {
    throw new MnistError(`${location} has test images only: there is nothing to train on.`, {file: location});
  }
  if (isBlank(test) || (train !== undefined && isBlank(train))) {
    throw new MnistError(`${location} has images that show nothing: all their pixels are the same.`, {file: location});
  }
  notes.push(...lacking('training', testOnly ? undefined : train), ...lacking('test', test));
  const upright = makeUpright(testOnly || train === undefined ? [test] : [test, train]);
  notes.push(...upright.notes);
  const [uprightTest, uprightTrain] = upright.splits;
  return {test: uprightTest, train: uprightTrain, title: [title, ...notes].join(', ')};
}

/** Whether there is nothing to see on any image. */
function isBlank({images}: MnistSplit): boolean {
  return images.every((pixel) => pixel === images[0]);
}

/** Digits of which a set has no image. */
function lacking(title: string, split: MnistSplit | undefined): string[] {
  if (split === undefined) return [];
  const there = new Set(split.labels);
  const digits = Array.from({length: 10}, (_, digit) => digit).filter((digit) => !there.has(digit));
  return digits.length === 0 ? [] : [`no ${title} images of ${digits.join(', ')}`];
}

/** The rest, and every seventh: of images that are sorted by their digit, some of each. */
function holdOut(split: MnistSplit, location: string): [rest: MnistSplit, heldOut: MnistSplit] {
  if (split.size < HELD_OUT) {
    throw new MnistError(
      `${location} has ${split.size} images with labels, none for the test: expected at least ${HELD_OUT}.`,
      {file: location},
    );
  }
  const positions = Array.from(split.labels.keys());
  const isHeldOut = (i: number) => i % HELD_OUT === HELD_OUT - 1;
  return [
    take(
      split,
      positions.filter((i) => !isHeldOut(i)),
    ),
    take(split, positions.filter(isHeldOut)),
  ];
}

function take({images, labels}: MnistSplit, positions: number[]): MnistSplit {
  const chosen = new Uint8Array(positions.length * PIXELS);
  positions.forEach((at, i) => {
    chosen.set(images.subarray(at * PIXELS, (at + 1) * PIXELS), i * PIXELS);
  });
  return {images: chosen, labels: Uint8Array.from(positions, (at) => labels[at]), size: positions.length};
}

/**
 * Numbers as pixels: whole numbers from 0 to 255, or, where none is above 1, brightness from 0 to 1.
 * @throws MnistError where they are neither.
 */
export function toPixels(values: ArrayLike<number>, file: string): Uint8Array {
  if (values instanceof Uint8Array) return hasOnlyBits(values) ? values.map((value) => 255 * value) : values;
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!isPixelValue(value)) {
      throw new MnistError(`${file}: expected pixels from 0 to 255, or from 0 to 1; found ${value}.`, {file});
    }
    if (value > most) most = value;
  }
  const scale = most <= 1 ? 255 : 1;
  return Uint8Array.from(values, (value) => Math.round(value * scale));
}

function hasOnlyBits(values: Uint8Array): boolean {
  return values.every((value) => value <= 1);
}

export function isPixelValue(value: number): boolean {
  return value >= 0 && value <= 255;
}

export function isLabelValue(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 9;
}

/** Labels from 0 to 9. @throws MnistError where one is something else. */
export function toLabels(values: ArrayLike<number>, file: string): Uint8Array {
  return Uint8Array.from(values, (label, i) => {
    if (isLabelValue(label)) return label;
    throw new MnistError(`${file}: expected labels from 0 to 9, found ${label} as label ${i}.`, {file});
  });
}

/** Images with as many labels. @throws MnistError where their numbers differ. */
export function paired(images: Uint8Array, labels: Uint8Array, file: string): MnistSplit {
  const size = images.length / PIXELS;
  if (size === labels.length && size > 0) return {images, labels, size};
  throw new MnistError(
    `${file}: expected as many labels as images, found ${size} images and ${labels.length} labels.`,
    {
      file,
    },
  );
}
