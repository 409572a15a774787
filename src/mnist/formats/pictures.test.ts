import path from 'node:path';
import {PNG} from 'pngjs';
import {describe, expect, it} from 'vitest';
import {digest, sourceOf} from '../fixtures/index.js';
import {loadMnist} from '../index.js';
import type {MnistSplit} from '../types.js';
import {test, train, write} from './fixtures/files.js';

describe('pictures', () => {
  /** Ink of one colour whose opacity is the digit. */
  const transparent = (pixels: Uint8Array, ink: number) => {
    const image = new PNG({width: 28, height: 28});
    for (let i = 0; i < 784; i++) image.data.set([ink, ink, ink, pixels[i]], 4 * i);
    return PNG.sync.write(image, {colorType: 6});
  };
  const png = (pixels: Uint8Array, side = 28, colorType: 0 | 2 | 6 = 0) => {
    const image = new PNG({width: side, height: side});
    for (let i = 0; i < side * side; i++) image.data.set([pixels[i], pixels[i], pixels[i], 255], 4 * i);
    return PNG.sync.write(image, {colorType});
  };
  const pictures = (split: MnistSplit, folder: string, encode?: (pixels: Uint8Array) => Uint8Array) =>
    Object.fromEntries(
      Array.from({length: split.size}, (_, i) => [
        path.join(folder, String(split.labels[i]), `${i}.png`),
        encode?.(split.images.subarray(i * 784, (i + 1) * 784)) ??
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

  it.for([0, 255])('are read where the ink of %i is opaque and the rest transparent', async (ink) => {
    const encode = (pixels: Uint8Array) => transparent(pixels, ink);
    const {test: read} = await loadMnist({folder: write(pictures(test, 'test', encode)), testOnly: true});
    expect(digest(read)).toBe(digest(sorted(test)));
  });

  it('say which digits there are none of, and which folders are left out', async () => {
    const files = pictures(train, 'digits');
    const folder = write({
      ...Object.fromEntries(Object.entries(files).filter(([name]) => !/digits\/[37]\//.test(name))),
      'digits/10/1.png': png(new Uint8Array(784)),
      'digits/__MACOSX/1.png': 'no picture',
    });
    const {description} = await loadMnist({folder});
    expect(description).toContain('without the folder digits/10, every seventh held out');
    expect(description).toContain('no training images of 3, 7, no test images of 3, 7');
  });

  it('are refused where they show nothing', async () => {
    const folder = write(pictures(test, 'test', () => png(new Uint8Array(784))));
    await expect(sourceOf(loadMnist({folder, testOnly: true}))).rejects.toThrow('images that show nothing');
  });

  it('are read with bytes behind their end', async () => {
    const encode = (pixels: Uint8Array) => new Uint8Array([...png(pixels), 0, 1, 2]);
    const {test: read} = await loadMnist({folder: write(pictures(test, 'test', encode)), testOnly: true});
    expect(digest(read)).toBe(digest(sorted(test)));
  });

  it('of another format are named, with what to do', async () => {
    const bitmaps = Object.keys(pictures(test, 'test')).map((name) => [name.replace('png', 'bmp'), 'BM']);
    await expect(sourceOf(loadMnist({folder: write(Object.fromEntries(bitmaps)), testOnly: true}))).rejects.toThrow(
      /0\/\d+\.bmp: expected PNG or JPEG, found bmp\. Save the images as PNG, as in: magick mogrify -format png \*\.bmp$/,
    );
  });

  it.for<[string, Uint8Array, RegExp]>([
    [
      'another size',
      png(new Uint8Array(1024), 32),
      /Cannot read the image .*0.9\.png: expected an image of 28x28, found one of 32x32\.$/,
    ],
    [
      'no picture',
      new Uint8Array(100),
      /Cannot read the image .*9\.png: it is no PNG or JPEG image, .*\(100 bytes\)\.$/,
    ],
    ['a text', new TextEncoder().encode('hello'), /9\.png: it is no PNG or JPEG image/],
    ['an empty file', new Uint8Array(), /9\.png: it is no PNG or JPEG image/],
    [
      'a GIF',
      new Uint8Array([...new TextEncoder().encode('GIF89a'), 28, 0, 28, 0, 0, 0, 0]),
      /9\.png: it is a GIF image; expected PNG or JPEG\.$/,
    ],
    ['a truncated one', png(test.images).subarray(0, 100), /Cannot read the image .*9\.png/],
  ])('are refused with %s', async ([, bytes, message]) => {
    const folder = write({...pictures(test, 'test'), 'test/0/9.png': bytes});
    await expect(sourceOf(loadMnist({folder, testOnly: true}))).rejects.toThrow(message);
  });
});
