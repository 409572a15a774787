import {builtInDigits} from 'mnist-wasm/mnist';
import {describe, expect, it} from 'vitest';
import {findRecipe} from '../../../recipes';
import {type OwnDigit, PIXELS, withMore} from '../../own/digits';
import {fineTuning} from './fine-tune';

const data = builtInDigits({trainSize: 4000, testSize: 60});
/** Marked by a pixel in the corner, which no digit of the data set has. */
const own = withMore(
  [],
  Array.from(data.test.labels, (label, i) => {
    const pixels = data.test.images.slice(i * PIXELS, (i + 1) * PIXELS);
    pixels[0] = 255;
    return {label, pixels};
  }),
);
const imagesOf = (digits: readonly OwnDigit[]) => new Set(digits.map(({pixels}) => pixels.join()));

describe('fine-tuning', () => {
  const {data: mixed, training, settings} = fineTuning(data, findRecipe('simple-cnn'), own, 0.01);
  const {images, labels, size} = mixed.train;
  const all = Array.from({length: size}, (_, i) => images.subarray(i * PIXELS, (i + 1) * PIXELS).join());

  it('learns from own digits that are not held back, and from them alone', () => {
    const there = new Set(all);
    for (const digit of imagesOf(own.filter(({held}) => !held))) expect(there.has(digit)).toBe(true);
    for (const digit of imagesOf(own.filter(({held}) => held))) expect(there.has(digit)).toBe(false);
    expect(mixed.test).toBe(data.test);
  });

  it('mixes copies of each with twice as many images of the data set, with their labels', () => {
    const known = new Map<string, number>();
    for (let i = 0; i < data.train.size; i++) {
      known.set(data.train.images.subarray(i * PIXELS, (i + 1) * PIXELS).join(), data.train.labels[i]);
    }
    const ofData = all.filter((image) => known.has(image));
    expect(ofData).toHaveLength(3000);
    ofData.forEach((image, i) => {
      expect(labels[i]).toBe(known.get(image));
    });
    const learned = own.filter(({held}) => !held);
    const copies = (size - 3000) / learned.length;
    expect(copies).toBe(Math.ceil(1500 / learned.length));
    learned.forEach(({label}, i) => {
      expect(labels[3000 + i * copies]).toBe(label);
      expect(labels[3000 + (i + 1) * copies - 1]).toBe(label);
    });
    // No two copies are the same.
    expect(new Set(all.slice(3000)).size).toBe(size - 3000);
  });

  it('is one short stage, on all of that, at less than the usual learning rate', () => {
    expect(training.stages).toHaveLength(1);
    expect(training.stages[0].augmentation).toBeUndefined();
    expect(training.validation).toEqual({on: 'last', fraction: 0});
    expect(training.earlyStopping).toBeUndefined();
    expect(settings.learningRate).toBeLessThan(0.01);
  });
});
