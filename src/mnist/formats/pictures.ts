import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {imageSize} from 'image-size';
import jpeg from 'jpeg-js';
import {PNG} from 'pngjs';
import {opaque} from '../../shared/opaque.js';
import {pngFile} from '../../shared/png-file.js';
import {reasonOf} from '../../shared/reason.js';
import {MnistError} from '../error.js';
import {MAX_SIZE} from '../idx.js';
import {refuse} from '../read-file.js';
import type {MnistSplit} from '../types.js';
import {type LabelledSets, type SetName, setOf} from './sets.js';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
/** Not what macOS puts into zips beside each file: `._5.png`. */
const PICTURE = /^(?!\._).*\.(png|jpe?g)$/i;
const OTHER_PICTURE = /^(?!\._).*\.(bmp|gif|tiff?|webp|pgm|ppm|avif|heic)$/i;
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

/** A folder of a digit. */
interface DigitFolder {
  digit: string;
  above: string;
  /** What else is beside it. */
  others: string[];
}

/** The sets of a folder of pictures, and what was left out, for people. */
export interface Pictures {
  sets: LabelledSets;
  notes: string[];
}

/**
 * The sets of a folder that has a folder for each digit, named 0 to 9, with PNG or JPEG files of 28x28 pixels; or such folders
 * for training and test, by their names.
 *
 * @returns undefined where there are none.
 * @throws MnistError where a picture is damaged or of another size.
 */
export async function readPictures(folder: string): Promise<Pictures | undefined> {
  const pictures: Partial<Record<SetName | 'unnamed', Picture[]>> = {};
  const leftOut = new Set<string>();
  for (const {digit, above, others} of await digitFolders(folder, DEPTH)) {
    const name = setOf(path.relative(folder, above)) ?? 'unnamed';
    if (name === 'validation') continue;
    for (const other of others) leftOut.add(path.join(path.relative(folder, above), other));
    const inside = path.join(above, digit);
    const found = await readdir(inside).catch(refuse('read the folder', inside));
    const files = found.filter((file) => PICTURE.test(file)).sort(byNumber);
    const other = files.length === 0 ? found.find((file) => OTHER_PICTURE.test(file)) : undefined;
    if (other !== undefined) throw notRead(path.join(inside, other), path.extname(other).slice(1));
    pictures[name] ??= [];
    for (const file of files) pictures[name].push({file: path.join(inside, file), label: Number(digit)});
  }
  const sets: LabelledSets = {};
  for (const name of ['train', 'test', 'unnamed'] as const) {
    const files = pictures[name];
    if (files !== undefined && files.length > 0) sets[name] = await readAll(files);
  }
  if (Object.keys(sets).length === 0) return undefined;
  return {sets, notes: leftOut.size > 0 ? [`without the folder ${[...leftOut].join(', ')}`] : []};
}

const {compare: byNumber} = new Intl.Collator('en', {numeric: true});

async function digitFolders(folder: string, depth: number): Promise<DigitFolder[]> {
  const entries = await readdir(folder, {withFileTypes: true}).catch(refuse('read the folder', folder));
  const folders = entries.filter((entry) => entry.isDirectory());
  const names = folders.map(({name}) => name).sort(byNumber);
  const digits = names.filter((name) => /^\d$/.test(name));
  // One alone may be anything.
  if (digits.length > 1) {
    // Hidden folders are notes of other programs, as __MACOSX is.
    const others = names.filter((name) => !digits.includes(name) && !/^[._]/.test(name));
    return digits.map((digit) => ({digit, above: folder, others}));
  }
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
    const {width, height, type} = header(bytes);
    if (width !== SIDE || height !== SIDE) {
      throw new Error(`expected an image of ${SIDE}x${SIDE}, found one of ${width}x${height}`);
    }
    return grey(
      type === 'png' ? decodePng(bytes) : jpeg.decode(bytes, {useTArray: true, tolerantDecoding: false}).data,
    );
  } catch (error) {
    throw new MnistError(`Cannot read the image ${file}: ${reasonOf(error)}.`, {file, cause: error});
  }
}

/** undefined where the bytes are no image that is known. */
function sizeOf(bytes: Uint8Array): ReturnType<typeof imageSize> | undefined {
  try {
    return imageSize(bytes);
  } catch {
    return undefined;
  }
}

function header(bytes: Uint8Array): {type: 'png' | 'jpg'; width: number; height: number} {
  const {type, width, height} = sizeOf(bytes) ?? {};
  // TGA has no magic number: anything may be one, of no size.
  if (!type || !width || !height) {
    throw new Error(`it is no PNG or JPEG image, or cut off in its header (${bytes.length} bytes)`);
  }
  if (type === 'png' || type === 'jpg') return {type, width, height};
  throw new Error(`it is a ${type.toUpperCase()} image; expected PNG or JPEG`);
}

function decodePng(bytes: Uint8Array): Uint8Array {
  const png = pngFile(bytes, PIXELS).bytes;
  return PNG.sync.read(Buffer.from(png.buffer, png.byteOffset, png.byteLength)).data;
}

function notRead(file: string, type: string): MnistError {
  const what = `Cannot read the image ${file}: expected PNG or JPEG, found ${type}.`;
  return new MnistError(`${what} Save the images as PNG, as in: magick mogrify -format png *.${type}`, {file});
}

/** The brightness of red, green, blue and opacity. */
function grey(rgba: Uint8Array): Uint8Array {
  const seen = opaque(rgba);
  return Uint8Array.from({length: PIXELS}, (_, i) => {
    const at = 4 * i;
    return Math.round(0.299 * seen[at] + 0.587 * seen[at + 1] + 0.114 * seen[at + 2]);
  });
}
