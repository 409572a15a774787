import type {Port} from './model';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
/** Larger images would be made of 28x28 pixels for nothing. */
const MAX_SIDE = 1024;

/** How a model takes one square image. */
export interface ImageInput {
  /** The images that a batch must have; null where the model takes any number. */
  batch: number | null;
  /** Of one image, as the model has it: [28, 28, 1], [784], [3, 32, 32] ... */
  shape: number[];
  side: number;
  /** 1 for grey, 3 for red, green and blue. */
  channels: number;
  /** Whether whole channels follow one another; otherwise the channels of one pixel do. */
  channelsFirst: boolean;
  dtype: 'float32' | 'int32';
}

type Shape = readonly (number | null)[];

/** How a model takes MNIST's images and gives ten numbers for each; or why it does not, as a sentence without its subject. */
export function imageInputOf({
  inputs,
  outputs,
}: {
  inputs: readonly Port[];
  outputs: readonly Port[];
}): ImageInput | string {
  if (inputs.length > 1) {
    const all = inputs.map(({name, shape}) => `${name} ${text(shape.slice(1))}`).join(', ');
    return `takes ${inputs.length} inputs (${all}): expected one image of a digit`;
  }
  if (outputs.length > 1) {
    const all = outputs.map(({name, shape}) => `${name} ${text(shape.slice(1))}`).join(', ');
    return `gives ${outputs.length} outputs (${all}): expected one, of ten classes`;
  }
  const [{shape, dtype}] = inputs;
  const given = outputs[0].shape.slice(1);
  // Sizes that the model leaves open show in what it gives.
  const classes = given.filter((size) => size !== null).reduce((a, b) => a * b, 1);
  if (classes !== 10) return `gives ${text(given)}: ${reasonOfClasses(classes)}`;
  const form = formOf(shape.slice(1));
  if (form === undefined) {
    return `takes ${text(shape.slice(1))}: expected one square image of grey or RGB, such as [28,28,1], [1,28,28], [32,32,3] or [784]`;
  }
  return {batch: shape[0] ?? null, dtype: dtype === 'int32' ? 'int32' : 'float32', ...form};
}

function text(shape: Shape): string {
  return JSON.stringify(shape);
}

function reasonOfClasses(classes: number): string {
  if (classes === 1) return 'expected a number for each of ten digits, not one number';
  const letters = [26, 27, 36, 37, 47, 62].includes(classes) ? ' (so many classes have letters among them)' : '';
  return `expected a number for each of ten digits${letters}`;
}

function formOf(open: Shape): Pick<ImageInput, 'shape' | 'side' | 'channels' | 'channelsFirst'> | undefined {
  const shape = closed(open);
  if (shape === undefined) return undefined;
  const core = shape.filter((size) => size !== 1);
  const square = (pixels: number, channels: number, channelsFirst = false) => {
    const side = Math.sqrt(pixels);
    if (!Number.isInteger(side) || side < 4 || side > MAX_SIDE) return undefined;
    return {shape, side, channels, channelsFirst};
  };
  const [a, b, c] = core;
  if (core.length === 3 && c === 3 && a === b) return square(a * b, 3);
  if (core.length === 3 && a === 3 && b === c) return square(b * c, 3, true);
  if (core.length === 2 && a === b) return square(a * b, 1);
  if (core.length === 2 && b === 3) return square(a, 3);
  if (core.length === 2 && a === 3) return square(b, 3, true);
  if (core.length === 1) return square(a, 1) ?? square(a / 3, 3);
  // Rows of another length, as a recurrent network may take them.
  return core.reduce((x, y) => x * y, 1) === PIXELS ? square(PIXELS, 1) : undefined;
}

/** Sizes that the model leaves open are those of MNIST. */
function closed(shape: Shape): number[] | undefined {
  const known = shape.filter((size) => size !== null);
  const product = known.reduce((a, b) => a * b, 1);
  const open = shape.length - known.length;
  if (open === 0) return known;
  if (open === 2) return shape.map((size) => size ?? SIDE);
  if (open > 2) return undefined;
  const missing = [PIXELS / product, (3 * PIXELS) / product].find(Number.isInteger);
  return missing === undefined ? undefined : shape.map((size) => size ?? missing);
}
