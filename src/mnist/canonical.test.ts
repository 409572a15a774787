import {createHash} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {MNIST_FILES, mismatch} from './files.js';
import {encodeIdx, TEST_SIZE, TRAIN_SIZE, writeFolder} from './fixtures/index.js';
import {loadMnist} from './index.js';
import type {MnistSplit} from './types.js';

const folder = process.env.MNIST_DIR || undefined;

/** With MNIST_DIR this checks canonical MNIST; without, the same properties of a small set written as such files. */
const expected = folder
  ? {
      train: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
      test: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
    }
  : {train: new Array(10).fill(TRAIN_SIZE / 10), test: new Array(10).fill(TEST_SIZE / 10)};

describe(folder ? 'canonical MNIST in MNIST_DIR' : 'a small data set in the form of MNIST', () => {
  it('has the label counts that it should have', async () => {
    const {train, test} = await loadMnist({folder: folder ?? writeFolder({nameOf: (name) => `${name}.gz`})});
    expect(counts(train)).toEqual(expected.train);
    expect(counts(test)).toEqual(expected.test);
  });

  it('is checked byte by byte against the checksums of MNIST', async () => {
    const {train, test} = await loadMnist({folder: folder ?? writeFolder()});
    const bytes = {
      trainImages: encodeIdx([train.size, 28, 28], train.images),
      trainLabels: encodeIdx([train.size], train.labels),
      testImages: encodeIdx([test.size, 28, 28], test.images),
      testLabels: encodeIdx([test.size], test.labels),
    };
    const md5 = (data: Uint8Array) => createHash('md5').update(data).digest('hex');
    for (const part of ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const) {
      const wrong = await mismatch(MNIST_FILES[part], bytes[part]);
      if (folder) {
        expect(wrong).toBeUndefined();
        expect(md5(bytes[part])).toBe(MD5[part]);
        const changed = bytes[part].with(40, bytes[part][40] ^ 1);
        expect(await mismatch(MNIST_FILES[part], changed)).toMatch(/^SHA-256 /);
      } else {
        expect(wrong).toBe(`${bytes[part].length} unzipped bytes instead of ${MNIST_FILES[part].bytes}`);
      }
    }
  });
});

/** As published with the data set for the unzipped files. */
const MD5 = {
  trainImages: '6bbc9ace898e44ae57da46a324031adb',
  trainLabels: 'a25bea736e30d166cdddb491f175f624',
  testImages: '2646ac647ad5339dbf082846283269ea',
  testLabels: '27ae3e4e09519cfbb04c329615203637',
};

function counts({labels}: MnistSplit): number[] {
  const found = new Array(10).fill(0);
  for (const label of labels) found[label]++;
  return found;
}
