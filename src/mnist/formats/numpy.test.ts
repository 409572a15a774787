import path from 'node:path';
import {zipSync} from 'fflate';
import {describe, expect, it} from 'vitest';
import {expectSmallSet, sourceOf} from '../fixtures/index.js';
import {loadMnist} from '../index.js';
import {asFloats, npy, test, train, write} from './fixtures/files.js';

describe('NumPy', () => {
  const usual = {
    'x_train.npy': npy('|u1', [200, 28, 28], train.images),
    'y_train.npy': npy('|u1', [200], train.labels),
    'x_test.npy': npy('|u1', [50, 28, 28], test.images),
    'y_test.npy': npy('|u1', [50], test.labels),
  };
  const oneHot = Array.from(test.labels).flatMap((label) => Array.from({length: 10}, (_, i) => Number(i === label)));

  it.for<[string, Record<string, Uint8Array>]>([
    ["as Keras's mnist.npz", usual],
    ['labels as floats', {...usual, 'y_train.npy': npy('<f4', [200], train.labels)}],
    [
      'other arrays beside',
      {...usual, 'mean.npy': npy('<f4', [784], asFloats(test).subarray(0, 784)), 'classes.npy': npy('<U4', [10], [])},
    ],
    ['int64 labels, as NumPy makes them', {...usual, 'y_train.npy': npy('<i8', [200, 1], train.labels)}],
    ['floats from 0 to 1, flat', {...usual, 'x_test.npy': npy('<f4', [50, 784], asFloats(test))}],
    [
      'big-endian, one-hot',
      {...usual, 'x_train.npy': npy('>i4', [200, 28, 28, 1], train.images), 'y_test.npy': npy('<f8', [50, 10], oneHot)},
    ],
    [
      'other names',
      Object.fromEntries(
        Object.entries(usual).map(([name, bytes]) => [
          name.replace(/^x_(.*)\./, '$1_images.').replace(/^y_(.*)\./, '$1_labels.'),
          bytes,
        ]),
      ),
    ],
  ])('is read: %s', async ([, arrays]) => {
    const folder = write({'mnist.npz': zipSync(arrays)});
    expectSmallSet(await loadMnist({folder: path.join(folder, 'mnist.npz')}), 'folder');
    const {description} = await loadMnist({folder});
    expect(description).toBe(`arrays of ${path.join(folder, 'mnist.npz')} (200 training and 50 test images)`);
    expectSmallSet(await loadMnist({folder: write(arrays)}), 'folder');
  });

  it.for<[string, Record<string, Uint8Array>, string]>([
    ['no images', {'a.npy': npy('|u1', [3, 5], new Uint8Array(15))}, 'found a [3, 5]'],
    [
      'a label above 9',
      {...usual, 'y_test.npy': npy('|u1', [50], test.labels.with(3, 12))},
      'y_test: expected labels from 0 to 9, found 12',
    ],
    [
      'fewer labels than images',
      {...usual, 'y_test.npy': npy('|u1', [49], test.labels.subarray(1))},
      '50 images and 49 labels',
    ],
    [
      'an order that is not read',
      {...usual, 'x_test.npy': npy('|u1', [50, 28, 28], test.images, true)},
      'order of Fortran',
    ],
    ['truncated', {...usual, 'x_test.npy': usual['x_test.npy'].subarray(0, 5000)}, 'it is truncated'],
    ...(['x_train', 'y_train'] as const).map((name): [string, Record<string, Uint8Array>, string] => [
      `no ${name}`,
      Object.fromEntries(Object.entries(usual).filter(([file]) => file !== `${name}.npy`)),
      `expected arrays like x_train [n, 28, 28], y_train [n], x_test and y_test, found ${
        name === 'x_train' ? 'y_train [200]' : 'x_train [200, 28, 28]'
      }, x_test [50, 28, 28], y_test [50]: there are no training ${name === 'x_train' ? 'images' : 'labels'}.`,
    ]),
    [
      'labels that are Python objects',
      {...usual, 'y_train.npy': npy('|O8', [200], [])},
      'y_train: expected an array of booleans, integers or floats, found Python objects (dtype object)',
    ],
    ['labels in words', {...usual, 'y_train.npy': npy('<U4', [200], [])}, "found text ('<U4')"],
    [
      'half floats',
      {...usual, 'x_train.npy': npy('<f2', [200, 784], [])},
      "found '<f2': save it by .astype('float32')",
    ],
    [
      'two arrays for one thing',
      {...usual, 'x_train_augmented.npy': usual['x_train.npy']},
      'x_train and x_train_augmented may both be the training images',
    ],
    [
      'pixels that are none',
      {
        ...usual,
        'x_test.npy': npy(
          '<i4',
          [50, 784],
          Int32Array.from(test.images, (x) => x - 128),
        ),
      },
      'found -128',
    ],
  ])('is refused with %s', async ([, arrays, message]) => {
    const folder = write({'mnist.npz': zipSync(arrays)});
    await expect(sourceOf(loadMnist({folder}))).rejects.toThrow(message);
    await expect(sourceOf(loadMnist({folder}))).rejects.toMatchObject({name: 'MnistError'});
  });

  it('is refused where a byte has changed', async () => {
    const bytes = zipSync(usual, {level: 0});
    const folder = write({'mnist.npz': bytes.with(5000, bytes[5000] ^ 1)});
    await expect(sourceOf(loadMnist({folder}))).rejects.toThrow(
      /mnist\.npz is truncated or damaged: x_train\.npy does not have the checksum/,
    );
    await expect(sourceOf(loadMnist({folder: write({'mnist.npz': '<html>'})}))).rejects.toThrow(
      'mnist.npz is truncated or damaged: it has no directory at its end',
    );
  });

  it('needs no training labels where test images alone are asked for', async () => {
    const {'y_train.npy': _, ...others} = usual;
    const {test: read} = await loadMnist({folder: write({'mnist.npz': zipSync(others)}), testOnly: true});
    expect(read.labels).toEqual(test.labels);
  });

  it('is refused before it is unzipped to more than 1 GiB', async () => {
    const bytes = zipSync({'x_train.npy': new Uint8Array(1000)});
    // The size in the central directory, which is what is believed.
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let at = 0; at < bytes.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 3e9, true);
    const folder = write({'a.npz': bytes});
    await expect(sourceOf(loadMnist({folder}))).rejects.toThrow('its arrays have more than 1073741824 bytes');
  });
});
