import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import type {Part} from './files.js';
import {
  contents,
  digest,
  encodeIdx,
  expectSmallSet,
  sourceOf,
  splits,
  TEST_SIZE,
  TRAIN_SIZE,
  temporaryFolder,
  writeFolder,
} from './fixtures/index.js';
import {loadMnist} from './index.js';

beforeEach(() => vi.stubEnv('MNIST_DIR', ''));
afterEach(() => vi.unstubAllEnvs());

const dotted = (name: string) => name.replace('-idx', '.idx');

describe('a folder', () => {
  it.for<[string, (name: string) => string]>([
    ['plain', (name) => name],
    ['gzip', (name) => `${name}.gz`],
    ['plain, with a dot before idx', dotted],
    ['gzip, with a dot before idx', (name) => `${dotted(name)}.gz`],
    ['gzip and plain mixed', (name) => (name.includes('labels') ? name : `${name}.gz`)],
  ])('is read: %s', async ([, nameOf]) => {
    const folder = writeFolder({nameOf});
    const data = await loadMnist({folder});
    expectSmallSet(data, 'folder');
    expect(data.description).toBe(`MNIST files in ${folder} (${TRAIN_SIZE} training and ${TEST_SIZE} test images)`);
  });

  it('that is missing and was named by MNIST_DIR is told so', async () => {
    vi.stubEnv('MNIST_DIR', '/nowhere');
    await expect(sourceOf(loadMnist())).rejects.toThrow(/ENOENT.* The environment variable MNIST_DIR names it\.$/);
    await expect(sourceOf(loadMnist({folder: '/nowhere'}))).rejects.toThrow(/'\/nowhere'\.$/);
  });

  it('is found by MNIST_DIR, which `folder` overrules', async () => {
    vi.stubEnv('MNIST_DIR', writeFolder());
    expect((await loadMnist()).source).toBe('folder');
    const empty = temporaryFolder();
    await expect(sourceOf(loadMnist({folder: empty}))).rejects.toThrow(`${empty} is incomplete`);
  });

  it('is never replaced by digits or a download: what is missing is listed', async () => {
    const folder = writeFolder({replace: {trainLabels: null, testImages: null}});
    const loading = sourceOf(loadMnist({folder, download: true, mirrors: ['http://127.0.0.1:9/']}));
    await expect(loading).rejects.toMatchObject({name: 'MnistError', file: folder});
    await expect(loading).rejects.toThrow('incomplete: train-labels-idx1-ubyte, t10k-images-idx3-ubyte missing');
    mkdirSync(path.join(folder, 'train-labels-idx1-ubyte'));
    mkdirSync(path.join(folder, 't10k-images-idx3-ubyte'));
    await expect(sourceOf(loadMnist({folder}))).rejects.toThrow(
      'incomplete: train-labels-idx1-ubyte, t10k-images-idx3-ubyte missing',
    );
    vi.stubEnv('MNIST_DIR', path.join(folder, 'nowhere'));
    await expect(sourceOf(loadMnist())).rejects.toThrow(/Cannot read the MNIST folder .*nowhere: ENOENT/);
  });

  it.for<[string, Part, Uint8Array, number, string]>([
    [
      'truncated images',
      'trainImages',
      contents.trainImages.subarray(0, 5000),
      5000,
      'found only 4984: it is truncated',
    ],
    ['a label above 9', 'trainLabels', contents.trainLabels.with(8 + 17, 10), 25, 'a label from 0 to 9, found 10'],
    ['fewer labels than images', 'testLabels', encodeIdx([49], new Uint8Array(49)), 4, '50 labels'],
    ['labels in place of images', 'trainImages', contents.trainLabels, 3, '3 dimensions (images), found 1'],
    ['images in place of labels', 'testLabels', contents.testImages, 3, '1 dimension (labels), found 3'],
    ['images of 28 x 27', 'testImages', encodeIdx([2, 28, 27], new Uint8Array(2 * 28 * 27)), 12, 'a side of 27'],
    ['images of 32 x 32', 'testImages', encodeIdx([2, 32, 32], new Uint8Array(2 * 1024)), 8, 'a side of 32'],
    ['a wrong magic number', 'testLabels', contents.testLabels.with(0, 1), 0, 'the magic number of an IDX file'],
  ])('with %s is refused', async ([, part, bytes, offset, text]) => {
    const loading = sourceOf(loadMnist({folder: writeFolder({replace: {[part]: bytes}})}));
    await expect(loading).rejects.toMatchObject({name: 'MnistError', offset});
    await expect(loading).rejects.toThrow(text);
  });

  it.for<[string, (zipped: Uint8Array) => Uint8Array, RegExp]>([
    ['truncated', (zipped) => zipped.subarray(0, zipped.length >> 1), /unexpected end of file/],
    [
      'of another checksum',
      (zipped) => zipped.with(zipped.length - 5, zipped[zipped.length - 5] ^ 1),
      /incorrect data check/,
    ],
    ['overwritten', (zipped) => zipped.with(12, zipped[12] ^ 0xff), /byte 0: .* damage: invalid/],
    [
      'followed by something else',
      (zipped) => new Uint8Array([...zipped, 1, 2, 3]),
      /incorrect header check|trailing|[Jj]unk/,
    ],
  ])('with gzip data %s is refused', async ([, damage, reason]) => {
    const folder = writeFolder({nameOf: (name) => `${name}.gz`});
    const file = path.join(folder, 'train-images-idx3-ubyte.gz');
    writeFileSync(file, damage(new Uint8Array(readFileSync(file))));
    const loading = sourceOf(loadMnist({folder}));
    await expect(loading).rejects.toMatchObject({name: 'MnistError', file});
    await expect(loading).rejects.toThrow(/byte \d+: expected whole gzip data, found damage: /);
    await expect(loading).rejects.toThrow(reason);
  });

  it('may hold gzip data under a plain name, since the content decides', async () => {
    const folder = writeFolder({replace: {trainImages: gzipSync(contents.trainImages)}});
    expectSmallSet(await loadMnist({folder}), 'folder');
  });
});

describe('trainSize and testSize', () => {
  it('take the first images', async () => {
    const {train, test, description} = await loadMnist({folder: writeFolder(), trainSize: 30, testSize: 20});
    const {images, labels} = splits.train;
    expect(digest(train)).toBe(
      digest({images: images.subarray(0, 30 * 784), labels: labels.subarray(0, 30), size: 30}),
    );
    expect(test.labels).toEqual(splits.test.labels.subarray(0, 20));
    expect(description).toContain('30 training and 20 test images');
  });

  it('are refused where the data is smaller', async () => {
    const loading = sourceOf(loadMnist({folder: writeFolder(), testSize: TEST_SIZE + 1}));
    await expect(loading).rejects.toThrow('testSize: there are only 50 images, 51 were asked for');
  });

  it.for([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5'])('are refused as %s', async (size) => {
    await expect(sourceOf(loadMnist({trainSize: size as number}))).rejects.toThrow(
      /^trainSize: expected an integer from 1 to /,
    );
    await expect(sourceOf(loadMnist({testSize: size as number}))).rejects.toThrow(RangeError);
  });
});

it('refuses options that name nothing', async () => {
  await expect(sourceOf(loadMnist({folder: ''}))).rejects.toThrow('folder: an empty string');
  await expect(sourceOf(loadMnist({cacheFolder: ''}))).rejects.toThrow('cacheFolder: an empty string');
  await expect(sourceOf(loadMnist({mirrors: []}))).rejects.toThrow('mirrors: expected addresses');
  await expect(sourceOf(loadMnist({mirrors: ['ftp://127.0.0.1/']}))).rejects.toThrow('got [ftp://127.0.0.1/]');
  await expect(sourceOf(loadMnist({seed: -1}))).rejects.toThrow(
    'seed: expected an integer from 0 to 4294967295, got -1',
  );
});
