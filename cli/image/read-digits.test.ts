import {crc32, deflateSync} from 'node:zlib';
import jpeg from 'jpeg-js';
import {loadMnist} from 'mnist-wasm/mnist';
import {seededRandom} from 'mnist-wasm/training';
import {PNG} from 'pngjs';
import {describe, expect, it} from 'vitest';
import {raster, upright} from '../../common/image/raster';
import {cmykJpeg} from './fixtures/cmyk-jpeg';
import {correlation, likeness} from './fixtures/likeness';
import {readDigits} from './read-digits';

interface Photo {
  ink: number[];
  paper: number[];
  /** Opacity of the paper. */
  opacity?: number;
  noise?: number;
  /** How much brighter the lower right corner is than the upper left. */
  gradient?: number;
  offset?: [number, number];
  size?: number;
}

interface Picture {
  data: Buffer;
  width: number;
  height: number;
}

const [WIDTH, HEIGHT] = [200, 300];
// The built-in digits, unless MNIST_DIR names MNIST.
const {test} = await loadMnist({trainSize: 1, testSize: 20});
const digit = (index: number) => test.images.subarray(index * 784, (index + 1) * 784);

/** A digit as if written on paper and photographed. */
function photo(
  pixels: Uint8Array,
  {ink, paper, opacity = 255, noise = 0, gradient = 0, offset = [0, 0], size = 160}: Photo,
): Picture {
  const data = Buffer.alloc(4 * WIDTH * HEIGHT);
  const random = seededRandom(1);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const share = sample(
        pixels,
        (x - (WIDTH - size) / 2 - offset[0]) / size,
        (y - (HEIGHT - size) / 2 - offset[1]) / size,
      );
      const light = gradient * (x / WIDTH + y / HEIGHT - 1) * 0.5;
      const at = 4 * (y * WIDTH + x);
      // The sum of four uniform numbers is near enough to a normal one.
      const grain = () => noise * 1.7 * (random() + random() + random() + random() - 2);
      for (let c = 0; c < 3; c++) {
        const value = paper[c] * (1 - share) + ink[c] * share + light + grain();
        data[at + c] = Math.min(255, Math.max(0, Math.round(value)));
      }
      data[at + 3] = Math.round(opacity * (1 - share) + 255 * share);
    }
  }
  return {data, width: WIDTH, height: HEIGHT};
}

/** Bilinear; x and y from 0 to 1. */
function sample(pixels: Uint8Array, x: number, y: number): number {
  const [left, top] = [28 * x - 0.5, 28 * y - 0.5];
  const [column, row] = [Math.floor(left), Math.floor(top)];
  const at = (c: number, r: number) => (c < 0 || r < 0 || c > 27 || r > 27 ? 0 : pixels[r * 28 + c] / 255);
  const [right, lower] = [left - column, top - row];
  const upper = at(column, row) * (1 - right) + at(column + 1, row) * right;
  return upper * (1 - lower) + (at(column, row + 1) * (1 - right) + at(column + 1, row + 1) * right) * lower;
}

function png({data, width, height}: Picture, colorType: 0 | 2 | 4 | 6 = 6): Buffer {
  return PNG.sync.write(Object.assign(new PNG({width, height}), {data}), {colorType});
}

const PHOTOS: Record<string, Photo> = {
  'black on white': {ink: [0, 0, 0], paper: [255, 255, 255]},
  'white on black': {ink: [255, 255, 255], paper: [0, 0, 0]},
  'red on yellow': {ink: [190, 20, 30], paper: [225, 220, 120]},
  'red on green, as bright': {ink: [200, 60, 40], paper: [40, 140, 60]},
  'yellow on white': {ink: [250, 235, 60], paper: [255, 255, 255]},
  noise: {ink: [40, 40, 60], paper: [200, 195, 180], noise: 25},
  'light from a side': {ink: [20, 20, 50], paper: [180, 180, 180], gradient: 140, noise: 8},
  'off centre': {ink: [0, 0, 0], paper: [255, 255, 255], offset: [18, -65], noise: 5},
  small: {ink: [0, 0, 0], paper: [255, 255, 255], size: 64, offset: [50, 90]},
  faint: {ink: [170, 170, 170], paper: [220, 220, 220], noise: 5},
  'transparent paper': {ink: [0, 0, 0], paper: [0, 0, 0], opacity: 0},
  'white on transparent paper': {ink: [255, 255, 255], paper: [255, 255, 255], opacity: 0},
};

/** The one digit that is found. */
async function readDigit(bytes: Uint8Array): Promise<Uint8Array> {
  const found = await readDigits(bytes);
  expect(found.length).toBe(1);
  return found[0].pixels;
}

describe('readDigits', () => {
  it.each(Object.entries(PHOTOS))('%s is the digit that it was made of', async (_name, how) => {
    for (let index = 0; index < 3; index++) {
      const picture = photo(digit(index), how);
      const files = [png(picture)];
      if (how.opacity === undefined) files.push(jpeg.encode(picture, 80).data, png(picture, 2));
      for (const file of files)
        expect(likeness(await readDigit(file), digit(index)), `digit ${index}`).toBeGreaterThan(0.9);
    }
  });

  it('has its centre of mass where MNIST has it, and nothing beyond a box of 20', async () => {
    const found = await readDigit(png(photo(digit(1), PHOTOS['off centre'])));
    const mass = found.reduce((sum, value) => sum + value, 0);
    const centre = (of: (i: number) => number) => found.reduce((sum, value, i) => sum + value * of(i), 0) / mass;
    expect(Math.abs(centre((i) => i % 28) - 14)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(centre((i) => Math.floor(i / 28)) - 14)).toBeLessThanOrEqual(0.5);
    const rows = [...new Set([...found.keys()].filter((i) => found[i] > 0).map((i) => Math.floor(i / 28)))];
    expect(Math.max(...rows) - Math.min(...rows)).toBeLessThan(20);
    expect(Math.max(...found)).toBe(255);
  });

  it('gives a fine pen the width of strokes that MNIST has', async () => {
    const ring = (x: number, y: number) => Math.abs(Math.hypot((x - 100) / 60, (y - 150) / 90) - 1) < 0.012;
    const data = Buffer.alloc(4 * WIDTH * HEIGHT, 255);
    for (let i = 0; i < WIDTH * HEIGHT; i++) {
      if (ring(i % WIDTH, Math.floor(i / WIDTH))) data.fill(0, 4 * i, 4 * i + 3);
    }
    const found = await readDigit(png({data, width: WIDTH, height: HEIGHT}));
    // A ring of 20 x 13 pixels is some 50 long; without care all of it is grey.
    expect(found.filter((value) => value >= 128).length).toBeGreaterThan(50);
    expect(found[14 * 28 + 14]).toBe(0);
  });

  it("takes MNIST's own form as it is, bit for bit", async () => {
    for (let index = 0; index < test.size; index++) {
      const data = Buffer.from(Array.from(digit(index), (value) => [value, value, value, 255]).flat());
      expect(await readDigit(png({data, width: 28, height: 28}, 0))).toEqual(digit(index));
    }
  });

  it('turns a photograph upright as EXIF says', async () => {
    const picture = photo(digit(0), PHOTOS['black on white']);
    const straight = await readDigit(jpeg.encode(picture, 95).data);
    // Stored a quarter turn to the left; orientation 6 turns it to the right.
    const turned = {data: Buffer.alloc(picture.data.length), width: HEIGHT, height: WIDTH};
    for (let y = 0; y < WIDTH; y++) {
      for (let x = 0; x < HEIGHT; x++) {
        turned.data.writeUInt32BE(picture.data.readUInt32BE(4 * (x * WIDTH + WIDTH - 1 - y)), 4 * (y * HEIGHT + x));
      }
    }
    const file = jpeg.encode(turned, 95).data;
    expect(correlation(await readDigit(withOrientation(file, 6)), straight)).toBeGreaterThan(0.98);
    expect(correlation(await readDigit(file), straight)).toBeLessThan(0.9);
  });

  it.each([
    ['blank paper', png(photo(new Uint8Array(784), PHOTOS['black on white'])), /blank/],
    ['nothing but noise', png(photo(new Uint8Array(784), PHOTOS.noise)), /blank/],
    ['nothing but light from a side', png(photo(new Uint8Array(784), PHOTOS['light from a side'])), /blank/],
    ['a single pixel', png({data: Buffer.alloc(4, 255), width: 1, height: 1}), /blank/],
    ['no bytes', new Uint8Array(0), /no image that can be read \(0 bytes\); expected PNG or JPEG/],
    ['a text', Buffer.from('seven'), /no image that can be read/],
    [
      'a GIF',
      Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64'),
      /GIF image; expected PNG or JPEG\. Save it as PNG.*magick picture\.gif/,
    ],
  ])('%s is a clear error', async (_name, bytes, message) => {
    await expect(readDigit(bytes)).rejects.toThrow(message);
  });

  it('a truncated file is a clear error, wherever it ends', async () => {
    const picture = photo(digit(2), PHOTOS['black on white']);
    for (const file of [png(picture), jpeg.encode(picture, 80).data]) {
      for (const share of [0.001, 0.02, 0.5, 0.95]) {
        const part = file.subarray(0, Math.max(8, Math.floor(share * file.length)));
        await expect(readDigit(part), `${share}`).rejects.toThrow(/damaged or truncated/);
      }
    }
  });

  it('a huge image is refused by its header, before it is decoded', async () => {
    const file = Buffer.from(png({data: Buffer.alloc(4), width: 1, height: 1}));
    file.writeUInt32BE(10_000, 16);
    file.writeUInt32BE(5_001, 20);
    await expect(readDigit(file)).rejects.toThrow(/10,000 x 5,001 pixels, more than the 50 megapixels of a PNG/);
    const photograph = jpeg.encode(photo(digit(0), PHOTOS['black on white']), 80).data;
    // The frame header's height and width (ITU-T T.81, B.2.2).
    const frame = photograph.indexOf(Buffer.from([0xff, 0xc0]));
    photograph.writeUInt16BE(10_801, frame + 5);
    photograph.writeUInt16BE(10_000, frame + 7);
    await expect(readDigit(photograph)).rejects.toThrow(/more than the 108 megapixels of a JPEG.*make it smaller/);
  });

  it('reads a JPEG in CMYK, of 25 megapixels at most', async () => {
    const file = cmykJpeg(digit(0), 28);
    expect(correlation(await readDigit(file), digit(0))).toBeGreaterThan(0.9);
    const frame = file.indexOf(Buffer.from([0xff, 0xc0]));
    file.writeUInt16BE(5_200, frame + 5);
    file.writeUInt16BE(5_000, frame + 7);
    await expect(readDigit(file)).rejects.toThrow(/is CMYK and has 26 megapixels, more than the 25/);
  });

  it('reads a JPEG with bytes between its parts', async () => {
    const file = jpeg.encode(photo(digit(0), PHOTOS['black on white']), 80).data;
    const end = file.subarray(-2);
    const padded = Buffer.concat([file.subarray(0, -2), Buffer.from([0, 1, 2]), end]);
    expect(await readDigit(padded)).toEqual(await readDigit(file));
  });

  it('a JPEG in whose middle bytes are lost is a clear error', async () => {
    const file = jpeg.encode(photo(digit(0), PHOTOS.noise), 80).data;
    const middle = file.length >> 1;
    const torn = Buffer.concat([file.subarray(0, middle), Buffer.alloc(64, 0xfe), file.subarray(middle + 900)]);
    await expect(readDigit(torn)).rejects.toThrow(/damaged or truncated: (Corrupt|Premature)/);
  });

  it('nothing is called blank that is not', async () => {
    const shape = {...photo(new Uint8Array(784), PHOTOS['black on white'])};
    await expect(readDigit(png(shape))).rejects.toThrow(/is blank/);
    for (let y = 140; y < 150; y++) shape.data.fill(0, 4 * (y * WIDTH + 60), 4 * (y * WIDTH + 140));
    for (let i = 3; i < shape.data.length; i += 4) shape.data[i] = 255;
    await expect(readDigit(png(shape))).rejects.toThrow(/is no digit/);
  });

  it('reads a PNG file with bytes behind its end', async () => {
    const file = png(photo(digit(0), PHOTOS['black on white']));
    expect(await readDigit(Buffer.concat([file, Buffer.from('more')]))).toEqual(await readDigit(file));
  });

  it('turns a PNG file upright as its eXIf chunk says', async () => {
    const picture = photo(digit(0), PHOTOS['black on white']);
    const half = {...picture, data: Buffer.alloc(picture.data.length)};
    for (let i = 0; i < WIDTH * HEIGHT; i++) {
      half.data.writeUInt32BE(picture.data.readUInt32BE(4 * (WIDTH * HEIGHT - 1 - i)), 4 * i);
    }
    const exif = Buffer.concat([Buffer.from([0, 0, 0, 26]), Buffer.from('eXIf', 'latin1'), tiffOrientation(3)]);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(exif.subarray(4)));
    const file = png(half);
    const turned = Buffer.concat([file.subarray(0, 33), exif, checksum, file.subarray(33)]);
    expect(correlation(await readDigit(turned), await readDigit(png(picture)))).toBeGreaterThan(0.98);
    expect(correlation(await readDigit(file), await readDigit(png(picture)))).toBeLessThan(0.9);
  });

  it('an interlaced PNG file that unpacks to far more than its pixels is refused', async () => {
    const file = png({data: Buffer.alloc(4), width: 1, height: 1});
    const end = file.subarray(-12);
    const data = deflateSync(Buffer.alloc(10_000_000));
    const chunk = (name: string, body: Buffer) => {
      const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
      const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
      length.writeUInt32BE(body.length);
      checksum.writeUInt32BE(crc32(named));
      return Buffer.concat([length, named, checksum]);
    };
    const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 1]);
    const bomb = Buffer.concat([file.subarray(0, 8), chunk('IHDR', head), chunk('IDAT', data), end]);
    await expect(readDigit(bomb)).rejects.toThrow(
      /damaged or truncated: Cannot create a Buffer larger than 1040 bytes/,
    );
  });
});

it('upright undoes each of the eight orientations', () => {
  // What CIPA DC-008 shows for F: the stored pixels of 1 2 / 3 4 / 5 6.
  const stored = {
    1: [1, 2, 3, 4, 5, 6],
    2: [2, 1, 4, 3, 6, 5],
    3: [6, 5, 4, 3, 2, 1],
    4: [5, 6, 3, 4, 1, 2],
    5: [1, 3, 5, 2, 4, 6],
    6: [2, 4, 6, 1, 3, 5],
    7: [6, 4, 2, 5, 3, 1],
    8: [5, 3, 1, 6, 4, 2],
  };
  for (const [orientation, pixels] of Object.entries(stored)) {
    const source = Number(orientation) < 5 ? raster(2, 3, 1) : raster(3, 2, 1);
    source.data.set(pixels);
    const result = upright(source, Number(orientation));
    expect([result.width, result.height, ...result.data], orientation).toEqual([2, 3, 1, 2, 3, 4, 5, 6]);
  }
});

/** A TIFF header and a directory of one entry. */
function tiffOrientation(orientation: number): Buffer {
  const tiff = Buffer.from(`4d4d002a00000008000101120003000000010000000000000000`, 'hex');
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

/** The JPEG with an EXIF segment of one entry in place of its JFIF segment. */
function withOrientation(file: Buffer, orientation: number): Buffer {
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiffOrientation(orientation)]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([head, body, file.subarray(4 + file.readUInt16BE(4))]);
}
