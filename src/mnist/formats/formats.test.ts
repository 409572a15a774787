import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {zipSync} from 'fflate';
import {PNG} from 'pngjs';
import {describe, expect, it, vi} from 'vitest';
import {
  contents,
  digest,
  encodeIdx,
  expectSmallSet,
  sourceOf,
  splits,
  temporaryFolder,
  writeFolder,
} from '../fixtures/index.js';
import {loadMnist, mnistFromFiles} from '../index.js';
import type {MnistSplit} from '../types.js';
import {setOf} from './sets.js';

/** A .npy file; the numbers in the order in which they are. */
function npy(type: string, shape: number[], values: ArrayLike<number>, fortran = false): Uint8Array {
  const [order, kind, size] = [type[0], type[1], Number(type.slice(2))];
  const shapeText = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${type}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${shapeText}), }`;
  const text = header.padEnd(64 * Math.ceil((header.length + 11) / 64) - 11);
  const start = new Uint8Array([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, text.length + 1, 0]);
  const data = new Uint8Array(values.length * size);
  const view = new DataView(data.buffer);
  Array.from(values).forEach((value, i) => {
    const little = order !== '>';
    if (kind === 'f') size === 4 ? view.setFloat32(i * 4, value, little) : view.setFloat64(i * 8, value, little);
    else if (size === 1) view.setUint8(i, value);
    else size === 4 ? view.setInt32(i * 4, value, little) : view.setBigInt64(i * 8, BigInt(value), little);
  });
  return new Uint8Array([...start, ...new TextEncoder().encode(`${text}\n`), ...data]);
}

const {train, test} = splits;
const asFloats = ({images}: MnistSplit) => Float32Array.from(images, (pixel) => pixel / 255);

function write(files: Record<string, Uint8Array | string>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), {recursive: true});
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

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
    expect(data.description).toContain('every seventh held out for the test (172 training and 28 test images)');
    expect(data.test.labels).toEqual(train.labels.filter((_, i) => i % 7 === 6));
    expect(data.test.images.subarray(784, 2 * 784)).toEqual(train.images.subarray(13 * 784, 14 * 784));
    expect(digest((await loadMnist({folder, testOnly: true})).test)).toBe(digest(data.test));
    await expect(sourceOf(loadMnist({folder: path.join(folder, 'test.csv')}))).rejects.toThrow('have no labels');
  });

  it.for<[string, string, string]>([
    ['text', csv(test).replace(',0,', ',x,'), "row 1: expected numbers, found 'x' in column"],
    ['too few columns', 'a,b\n1,2\n', '785 columns'],
    ['a short row', `${csv(test)}1,2,3\n`, 'row 51: expected 785 values, found 3'],
    ['pixels above 255', csv(test).replace(',0,', ',256,'), 'found 256'],
  ])('is refused with %s', async ([, text, message]) => {
    await expect(sourceOf(loadMnist({folder: write({'train.csv': text})}))).rejects.toThrow(message);
  });
});

describe('pictures', () => {
  const png = (pixels: Uint8Array, side = 28, colorType: 0 | 2 | 6 = 0) => {
    const image = new PNG({width: side, height: side});
    for (let i = 0; i < side * side; i++) image.data.set([pixels[i], pixels[i], pixels[i], 255], 4 * i);
    return PNG.sync.write(image, {colorType});
  };
  const pictures = (split: MnistSplit, folder: string) =>
    Object.fromEntries(
      Array.from({length: split.size}, (_, i) => [
        path.join(folder, String(split.labels[i]), `${i}.png`),
        png(split.images.subarray(i * 784, (i + 1) * 784), 28, i % 2 === 0 ? 0 : 6),
      ]),
    );
  const sorted = ({images, labels}: MnistSplit): MnistSplit => {
    const order = Array.from(labels.keys()).sort((a, b) => labels[a] - labels[b] || a - b);
    const all = new Uint8Array(images.length);
    order.forEach((at, i) => void all.set(images.subarray(at * 784, (at + 1) * 784), i * 784));
    return {images: all, labels: Uint8Array.from(order, (at) => labels[at]), size: labels.length};
  };

  it('are read from a folder for each digit, for training and test', async () => {
    const folder = write({
      ...pictures(train, 'mnist_png/training'),
      ...pictures(test, 'mnist_png/testing'),
      // What macOS puts into zips.
      'mnist_png/testing/5/._1.png': 'no picture',
    });
    const data = await loadMnist({folder});
    expect(digest(data.train)).toBe(digest(sorted(train)));
    expect(digest(data.test)).toBe(digest(sorted(test)));
  });

  it('of one set have some of each digit held out, and dark ones on white are inverted', async () => {
    const dark = {...train, images: train.images.map((pixel) => 255 - pixel)};
    const data = await loadMnist({folder: write(pictures(dark, 'digits'))});
    expect(data.description).toMatch(/every seventh held out for the test, inverted to bright on black/);
    expect(new Set(data.test.labels).size).toBe(10);
    expect(data.train.images.subarray(0, 784)).toEqual(sorted(train).images.subarray(0, 784));
  });

  it.for<[string, Uint8Array, RegExp]>([
    [
      'another size',
      png(new Uint8Array(1024), 32),
      /Cannot read the image .*0.9\.png: expected an image of 28x28, found one of 32x32\.$/,
    ],
    ['no picture', new Uint8Array(100), /Cannot read the image .*9\.png/],
    ['a truncated one', png(test.images).subarray(0, 100), /Cannot read the image .*9\.png/],
  ])('are refused with %s', async ([, bytes, message]) => {
    const folder = write({...pictures(test, 'test'), 'test/0/9.png': bytes});
    await expect(sourceOf(loadMnist({folder, testOnly: true}))).rejects.toThrow(message);
  });
});

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
