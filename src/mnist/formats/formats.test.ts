import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {describe, expect, it, vi} from 'vitest';
import {
  contents,
  digest,
  encodeIdx,
  expectSmallSet,
  sourceOf,
  temporaryFolder,
  writeFolder,
} from '../fixtures/index.js';
import {loadMnist, mnistFromFiles} from '../index.js';
import type {MnistSplit} from '../types.js';
import {test, train, write} from './fixtures/files.js';
import {setOf} from './sets.js';

describe('IDX files', () => {
  it('are found where there are folders of their names, with and without a file inside', async () => {
    const dotted = writeFolder({nameOf: (name) => name.replace('-idx', '.idx')});
    for (const name of ['train-images-idx3-ubyte', 't10k-labels-idx1-ubyte']) mkdirSync(path.join(dotted, name));
    expectSmallSet(await loadMnist({folder: dotted}), 'folder');
    const inside = writeFolder({nameOf: (name) => name.replace(/^(.*)$/, '$1.moved')});
    for (const part of ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const) {
      const name = {
        trainImages: 'train-images-idx3-ubyte',
        trainLabels: 'train-labels-idx1-ubyte',
        testImages: 't10k-images-idx3-ubyte',
        testLabels: 't10k-labels-idx1-ubyte',
      }[part];
      mkdirSync(path.join(inside, name));
      writeFileSync(path.join(inside, name, name), contents[part]);
    }
    expectSmallSet(await loadMnist({folder: inside}), 'folder');
  });

  it("are found in torchvision's folders", async () => {
    const files = Object.entries({
      'train-images-idx3-ubyte': contents.trainImages,
      'train-labels-idx1-ubyte': contents.trainLabels,
      't10k-images-idx3-ubyte': contents.testImages,
      't10k-labels-idx1-ubyte': contents.testLabels,
    });
    const folder = write(Object.fromEntries(files.map(([name, bytes]) => [`MNIST/raw/${name}`, bytes])));
    expectSmallSet(await loadMnist({folder}), 'folder');
  });

  it('of EMNIST are turned upright; those of its letters are refused', async () => {
    const lying = ({images}: MnistSplit) =>
      Uint8Array.from(images, (_, i) => images[i - (i % 784) + (i % 28) * 28 + Math.floor((i % 784) / 28)]);
    const files = (name: string) => ({
      [`${name}-train-images-idx3-ubyte.gz`]: gzipSync(encodeIdx([200, 28, 28], lying(train))),
      [`${name}-train-labels-idx1-ubyte.gz`]: gzipSync(contents.trainLabels),
      [`${name}-test-images-idx3-ubyte.gz`]: gzipSync(encodeIdx([50, 28, 28], lying(test))),
      [`${name}-test-labels-idx1-ubyte.gz`]: gzipSync(contents.testLabels),
    });
    const data = await loadMnist({folder: write({...files('gzip/emnist-letters'), ...files('gzip/emnist-digits')})});
    expectSmallSet(data, 'folder');
    expect(data.description).toContain('transposed upright');
    const letters = write(files('emnist-letters'));
    await expect(sourceOf(loadMnist({folder: letters}))).rejects.toThrow(/emnist-letters-\.\.\., which are letters/);
  });

  it('are unzipped no further than their header says', async () => {
    const zeros = gzipSync(new Uint8Array(2 ** 23));
    const bomb = gzipSync(new Uint8Array([...encodeIdx([50], new Uint8Array(0)), ...new Uint8Array(2 ** 23)]));
    const wide = gzipSync(
      new Uint8Array([...encodeIdx([50, 65535, 65535], new Uint8Array(0)), ...new Uint8Array(2 ** 22)]),
    );
    for (const [bytes, message] of [
      [bomb, 'expected the end of the data, after 58 unzipped bytes, found more'],
      [wide, 'expected images of 28 x 28, found a side of 65535'],
      [zeros, 'expected element type 08'],
    ] as const) {
      const folder = writeFolder();
      writeFileSync(path.join(folder, 't10k-labels-idx1-ubyte'), bytes);
      await expect(sourceOf(loadMnist({folder}))).rejects.toThrow(message);
      await expect(sourceOf(mnistFromFiles([{name: 't10k-labels', bytes}]))).rejects.toThrow(message);
    }
  });
});

it('only test images are read where no others are asked for', async () => {
  const folder = writeFolder({replace: {trainImages: null, trainLabels: null}});
  const data = await loadMnist({folder, testOnly: true});
  expect(digest(data.test)).toBe(digest(test));
  expect([data.train.size, data.train.images.length]).toEqual([0, 0]);
  expect(data.description).toContain('(50 test images)');
  vi.stubEnv('MNIST_DIR', '');
  const digits = await loadMnist({testOnly: true, testSize: 10, cacheFolder: temporaryFolder()});
  expect([digits.train.size, digits.test.size]).toEqual([0, 10]);
  vi.unstubAllEnvs();
});

it.for([
  ['mnist.pkl.gz', 'a pickle of Python'],
  ['train-00000-of-00001.parquet', 'Parquet'],
  ['emnist-digits.mat', "MATLAB's"],
  ['training.pt', "PyTorch's"],
  ['archive.zip', 'an archive: unpack it first'],
  ['mnist.tar.gz', 'an archive: unpack it first'],
  ['mnist.xz', 'compressed: unpack it first'],
  ['mnist.h5', 'HDF5'],
  ['digits.xlsx', 'a spreadsheet: save it as CSV'],
  ['seven.png', 'one picture'],
])('%s is named, with what to do', async ([name, what]) => {
  const folder = write({[name]: 'x'});
  await expect(sourceOf(loadMnist({folder}))).rejects.toThrow(what);
  await expect(sourceOf(loadMnist({folder: path.join(folder, name)}))).rejects.toThrow(what);
});

it('a name tells whether images are for training or the test', () => {
  const names = [
    'x_train',
    'mnist_test',
    't10k-images',
    'testing',
    'trainingSet/trainingSet',
    'x_val',
    'validation',
    'interval',
    'digits',
  ];
  expect(names.map(setOf)).toEqual([
    'train',
    'test',
    'test',
    'test',
    'train',
    'validation',
    'validation',
    undefined,
    undefined,
  ]);
});

const given = path.join(process.env.MNIST_DIR ?? '', '../mnist-formats');

it.runIf(process.env.MNIST_DIR && existsSync(given))('the same images in three formats are the same', async () => {
  const idx = await loadMnist({folder: path.join(given, 'kaggle-dotted')});
  const npz = await loadMnist({folder: path.join(given, 'mnist.npz')});
  expect(readFileSync(path.join(given, 'kaggle-dotted/train-images.idx3-ubyte')).subarray(16)).toEqual(
    Buffer.from(idx.train.images),
  );
  expect([digest(npz.train), digest(npz.test)]).toEqual([digest(idx.train), digest(idx.test)]);
  const csv = await loadMnist({folder: path.join(given, 'kaggle-csv')});
  expect([csv.train.size, csv.test.size]).toEqual([26, 4]);
  expect(csv.train.labels).toEqual(idx.train.labels.filter((_, i) => i % 7 !== 6));
});

it('a folder that is named like a file is told so', async () => {
  const folder = write({'mnist.npz/x': '', 'mnist_train.csv/x': ''});
  await expect(sourceOf(loadMnist({folder}))).rejects.toThrow(/Cannot read .*mnist\.npz: EISDIR/);
});
