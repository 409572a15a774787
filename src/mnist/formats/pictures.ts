import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {imageSize} from 'image-size';
import jpeg from 'jpeg-js';
import {PNG} from 'pngjs';
import {reasonOf} from '../../shared/reason.js';
import {MnistError} from '../error.js';
import {MAX_SIZE} from '../idx.js';
import type {MnistSplit} from '../types.js';
import {type LabelledSets, type SetName, setOf} from './sets.js';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
/** Not what macOS puts into zips beside each file: `._5.png`. */
const PICTURE = /^(?!\._).*\.(png|jpe?g)$/i;
/** Levels of folders above those of the digits: `trainingSet/trainingSet/0`. */
const DEPTH = 4;
/** No file of 28x28 pixels is longer, whatever is noted in it. */
const MOST_BYTES = 2 ** 20;
/** Files that are read at once. */
const AT_ONCE = 64;

interface Picture {
  file: string;
  label: number;
}

/**
 * The sets of a folder that has a folder for each digit, named 0 to 9, with PNG or JPEG files of 28x28 pixels; or such folders
 * for training and test, by their names.
 *
 * @returns undefined where there are none.
 * @throws MnistError where a picture is damaged or of another size.
 */
export async function readPictures(folder: string): Promise<LabelledSets | undefined> {
  const pictures: Partial<Record<SetName | 'unnamed', Picture[]>> = {};
  for (const {digit, above} of await digitFolders(folder, DEPTH)) {
    const name = setOf(path.relative(folder, above)) ?? 'unnamed';
    if (name === 'validation') continue;
    const inside = path.join(above, digit);
    const files = (await readdir(inside)).filter((file) => PICTURE.test(file)).sort(byNumber);
    pictures[name] ??= [];
    for (const file of files) pictures[name].push({file: path.join(inside, file), label: Number(digit)});
  }
  const sets: LabelledSets = {};
  for (const name of ['train', 'test', 'unnamed'] as const) {
    const files = pictures[name];
    if (files !== undefined && files.length > 0) sets[name] = await readAll(files);
  }
  return Object.keys(sets).length === 0 ? undefined : sets;
}

const {compare: byNumber} = new Intl.Collator('en', {numeric: true});

async function digitFolders(folder: string, depth: number): Promise<{digit: string; above: string}[]> {
  const folders = (await readdir(folder, {withFileTypes: true})).filter((entry) => entry.isDirectory());
  const names = folders.map(({name}) => name).sort(byNumber);
  const digits = names.filter((name) => /^\d$/.test(name));
  // One alone may be anything.
  if (digits.length > 1) return digits.map((digit) => ({digit, above: folder}));
  if (depth === 0) return [];
  const inner = await Promise.all(names.map((name) => digitFolders(path.join(folder, name), depth - 1)));
  return inner.flat();
}

async function readAll(pictures: Picture[]): Promise<MnistSplit> {
  const [{file: first}] = pictures;
  if (pictures.length > MAX_SIZE) {
    throw new MnistError(`${path.dirname(first)}: expected at most ${MAX_SIZE} images.`, {file: first});
  }
  const images = new Uint8Array(pictures.length * PIXELS);
  for (let start = 0; start < pictures.length; start += AT_ONCE) {
    const some = pictures.slice(start, start + AT_ONCE);
    const pixels = await Promise.all(some.map(({file}) => readPicture(file)));
    pixels.forEach((values, i) => {
      images.set(values, (start + i) * PIXELS);
    });
  }
  return {images, labels: Uint8Array.from(pictures, ({label}) => label), size: pictures.length};
}

/** The brightness of 28x28 pixels. */
async function readPicture(file: string): Promise<Uint8Array> {
  try {
    const {size} = await stat(file);
    if (size > MOST_BYTES) throw new Error(`expected an image of ${SIDE}x${SIDE}, found ${size} bytes`);
    const bytes = new Uint8Array(await readFile(file));
    // Before the pixels: they may be many.
    const {width, height, type} = imageSize(bytes);
    if (width !== SIDE || height !== SIDE) {
      throw new Error(`expected an image of ${SIDE}x${SIDE}, found one of ${width}x${height}`);
    }
    return grey(type === 'png' ? PNG.sync.read(Buffer.from(bytes)).data : jpeg.decode(bytes, {useTArray: true}).data);
  } catch (error) {
    throw new MnistError(`Cannot read the image ${file}: ${reasonOf(error)}.`, {file, cause: error});
  }
}

/** Brightness of red, green, blue and opacity, which is of no account. */
function grey(rgba: Uint8Array): Uint8Array {
  return Uint8Array.from({length: PIXELS}, (_, i) => {
    const at = 4 * i;
    return Math.round(0.299 * rgba[at] + 0.587 * rgba[at + 1] + 0.114 * rgba[at + 2]);
  });
}
