import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {digest, expectSmallSet, sourceOf} from '../fixtures/index.js';
import {loadMnist} from '../index.js';
import type {MnistSplit} from '../types.js';
import {test, train, write} from './fixtures/files.js';

describe('CSV', () => {
  const header = ['label', ...Array.from({length: 784}, (_, i) => `pixel${i}`)].join(',');
  const rows = ({images, labels, size}: MnistSplit) =>
    Array.from({length: size}, (_, i) => [labels[i], ...images.subarray(i * 784, (i + 1) * 784)].join(','));
  const csv = (split: MnistSplit, ...before: string[]) => [...before, ...rows(split), ''].join('\n');

  it.for<[string, Record<string, string | Uint8Array>]>([
    ['without a header', {'mnist_train.csv': csv(train), 'mnist_test.csv': csv(test)}],
    [
      'with one, zipped, lines of Windows',
      {
        'mnist_train.csv.gz': gzipSync(csv(train, header)),
        'mnist_test.csv': csv(test, header).replaceAll('\n', '\r\n'),
      },
    ],
    [
      'the label last',
      {
        'train.csv': [
          header.replace('label,', '').concat(',class'),
          ...rows(train).map((row) => row.replace(/^(\d),(.*)$/, '$2,$1')),
        ].join('\n'),
        'test.csv': csv(test, header),
      },
    ],
    [
      'the label last, without a header',
      {
        'train.csv': rows(train)
          .map((row) => row.replace(/^(\d),(.*)$/, '$2,$1'))
          .join('\n'),
        'test.csv': csv(test),
      },
    ],
    ['semicolons', {'train.csv': csv(train, header).replaceAll(',', ';'), 'test.csv': csv(test)}],
  ])('is read: %s', async ([, files]) => {
    expectSmallSet(await loadMnist({folder: write(files)}), 'folder');
  });

  it("of Kaggle's Digit Recognizer has every seventh image held out: its test images have no labels", async () => {
    const unlabelled = csv(test, header).replaceAll(/^[^,\n]*,/gm, '');
    const folder = write({
      'train.csv': csv(train, header),
      'test.csv': unlabelled,
      'sample_submission.csv': 'ImageId,Label\n1,0\n',
    });
    const data = await loadMnist({folder});
    expect([data.train.size, data.test.size]).toEqual([172, 28]);
    expect(data.description).toContain(
      'every seventh held out for the test, no test images of 6 (172 training and 28 test images)',
    );
    expect(data.test.labels).toEqual(train.labels.filter((_, i) => i % 7 === 6));
    expect(data.test.images.subarray(784, 2 * 784)).toEqual(train.images.subarray(13 * 784, 14 * 784));
    expect(digest((await loadMnist({folder, testOnly: true})).test)).toBe(digest(data.test));
    await expect(sourceOf(loadMnist({folder: path.join(folder, 'test.csv')}))).rejects.toThrow('have no labels');
  });

  it.for<[string, string, string]>([
    ['text', csv(test).replace(',0,', ',x,'), "row 1: expected a pixel from 0 to 255, found 'x' in column 2"],
    ['too few columns', 'a,b\n1,2\n', '785 columns'],
    ['a short row', `${csv(test)}1,2,3\n`, 'row 51: expected 785 values, found 3'],
    [
      'pixels above 255',
      csv(test, header).replace(/(\n[^,]*),0,/, '$1,256,'),
      "row 2: expected a pixel from 0 to 255, found '256' in column 2",
    ],
    ['a pixel left out', csv(test).replace(',0,', ', ,'), "row 1: expected a pixel from 0 to 255, found ' '"],
    [
      'a label above 9',
      csv(test).replace(/\n\d,/, '\n10,'),
      "row 2: expected a label from 0 to 9, found '10' in column 1",
    ],
    [
      'labels in words',
      csv(test).replace(/\n\d,/, '\nfive,'),
      "row 2: expected a label from 0 to 9, found 'five' in column 1",
    ],
    ['nothing', '', 'expected CSV with a row for each image, found an empty file'],
    ['blank lines', '\n\n', 'found an empty file'],
    ['a header alone', `${header}\n`, 'found a header alone'],
    ['a column of row numbers', `,${header}\n`, '785 columns, a label and 784 pixels; found 786. Leave out the column'],
  ])('is refused with %s', async ([, text, message]) => {
    await expect(sourceOf(loadMnist({folder: write({'train.csv': text})}))).rejects.toThrow(message);
  });
});
