import {gzipSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {MNIST_FILES, PARTS, type Part} from './files.js';
import {contents, encodeIdx, expectSmallSet, sourceOf} from './fixtures/index.js';
import {mnistFromFiles} from './given.js';
import type {GivenFile} from './types.js';

type Names = Record<Part, string>;

const usual = Object.fromEntries(PARTS.map((part) => [part, MNIST_FILES[part].name])) as Names;

/** The small data set under these names, in an order in which nobody would expect it. */
function given(names: Partial<Names>): GivenFile[] {
  return PARTS.toReversed().flatMap((part) => {
    const name = names[part];
    if (name === undefined) return [];
    return [{name, bytes: name.endsWith('.gz') ? gzipSync(contents[part]) : Buffer.from(contents[part])}];
  });
}

describe('mnistFromFiles', () => {
  it.for<[string, Names]>([
    ['the usual names', usual],
    ['gzip and dots', {...usual, trainImages: 'train-images.idx3-ubyte.gz', testLabels: 't10k-labels-idx1-ubyte.gz'}],
    [
      'names that tell only the set',
      {trainImages: 'Train', trainLabels: 'train2', testImages: 'a TEST', testLabels: 'test'},
    ],
    ['names that tell nothing, by size', {trainImages: 'a', trainLabels: 'b.gz', testImages: 'c.gz', testLabels: 'd'}],
    ['one name that tells', {...usual, trainImages: 'a', testLabels: 'b'}],
  ])('takes %s', async ([, names]) => {
    const data = await mnistFromFiles(given(names));
    expectSmallSet(data, 'files');
    expect(data.description).toBe('the given files (200 training and 50 test images)');
  });

  it('takes the first images', async () => {
    const {train, test} = await mnistFromFiles(given(usual), {trainSize: 20, testSize: 3});
    expect([train.size, test.size]).toEqual([20, 3]);
  });

  it.for<[Part, string]>([
    ['trainImages', 'Missing: the training images (train-images-idx3-ubyte)'],
    ['trainLabels', 'Missing: the training labels (train-labels-idx1-ubyte)'],
    ['testImages', 'Missing: the test images (t10k-images-idx3-ubyte)'],
    ['testLabels', 'Missing: the test labels (t10k-labels-idx1-ubyte)'],
  ])('says that %s are missing', async ([part, message]) => {
    const loading = sourceOf(mnistFromFiles(given({...usual, [part]: undefined})));
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.toMatchObject({name: 'MnistError'});
  });

  it("knows MNIST's test set by its size where it is alone and its name does not tell", async () => {
    const {bytes} = MNIST_FILES.testLabels;
    const labels = encodeIdx([bytes - 8], new Uint8Array(bytes - 8));
    const loading = sourceOf(mnistFromFiles([{name: 'labels', bytes: labels}]));
    await expect(loading).rejects.toThrow(/Missing: the training images .*, the training labels .*, the test images/);
    await expect(loading).rejects.not.toThrow('the test labels');
  });

  it('says that all are missing where none is given', async () => {
    await expect(sourceOf(mnistFromFiles([]))).rejects.toThrow(/Missing: (the t[a-z]+ [a-z]+ \([\w-]+\)(, )?){4}\./);
  });

  it.for<[string, Uint8Array<ArrayBuffer>, string]>([
    ['another file', new TextEncoder().encode('Read me'), 'x, byte 0: expected the magic number of an IDX file'],
    ['a truncated file', contents.testLabels.slice(0, -1), 'it is truncated'],
    ['damaged gzip data', new Uint8Array(gzipSync(contents.testLabels)).fill(0, 15, 40), 'expected whole gzip data'],
    [
      'tables',
      encodeIdx([2, 2], new Uint8Array(4)),
      'x, byte 3: expected 3 dimensions (images) or 1 (labels), found 2',
    ],
    ['images of another size', encodeIdx([1, 5, 5], new Uint8Array(25)), 'expected images of 28 x 28'],
  ])('refuses %s', async ([, bytes, message]) => {
    const isImages = bytes[3] === 3;
    const others = given({...usual, [isImages ? 'testImages' : 'testLabels']: undefined});
    const loading = sourceOf(mnistFromFiles([...others, {name: 'x', bytes}]));
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.toMatchObject({name: 'MnistError', file: 'x'});
  });

  it('refuses a file that is there twice', async () => {
    const twice = [...given(usual), ...given({trainLabels: 'train-labels-idx1-ubyte.gz'})];
    await expect(sourceOf(mnistFromFiles(twice))).rejects.toThrow(
      'Both train-labels-idx1-ubyte and train-labels-idx1-ubyte.gz are training labels',
    );
    const three = [
      ...given({...usual, trainLabels: 'a', testLabels: 'b'}),
      {name: 'c', bytes: encodeIdx([1], new Uint8Array(1))},
    ];
    await expect(sourceOf(mnistFromFiles(three))).rejects.toThrow('Both b and c are test labels');
  });

  it('asks which is which where neither names nor sizes tell', async () => {
    const files = given({...usual, trainLabels: 'a', testLabels: 'b'}).map((file) =>
      file.name === 'b' ? {...file, bytes: contents.trainLabels} : file,
    );
    await expect(sourceOf(mnistFromFiles(files))).rejects.toThrow(
      /[ab] and [ab] are of one size: which is for training/,
    );
  });

  it('refuses sets whose images and labels do not belong together', async () => {
    const files = given({...usual, trainLabels: undefined, testLabels: undefined});
    const labels = [
      {name: 'train-labels', bytes: contents.testLabels},
      {name: 'test-labels', bytes: contents.trainLabels},
    ];
    await expect(sourceOf(mnistFromFiles([...files, ...labels]))).rejects.toThrow('expected 200 labels');
  });
});
