import type {MnistSplit} from 'mnist-wasm/mnist';
import pc from 'picocolors';
import {areaAverage} from '../../common/image/raster';

export interface DigitGridOptions {
  /** Digits in a row; five fit 80 columns. Default: 5. */
  columns?: number;
  /** Shades of grey in 24-bit colour, instead of ASCII characters. Default: whether the terminal can. */
  colour?: boolean;
}

const SIDE = 28;
/** Pixels of a digit as it is drawn: a character is one wide and two high. */
const DRAWN = 14;
const GAP = '  ';
/** From background to ink. */
const SHADES = ' .:-=+*#%@';

/** Digits of a split in rows, each with its label above it; two pixels a character. */
export function digitGrid(split: MnistSplit, indices: number[], options: DigitGridOptions = {}): string {
  const {columns = 5, colour = hasTrueColour()} = options;
  const rows = Array.from({length: Math.ceil(indices.length / columns)}, (_, row) => {
    const shown = indices.slice(row * columns, (row + 1) * columns);
    const labels = shown.map((index) => String(split.labels[index]).padEnd(DRAWN));
    const digits = shown.map((index) => digitLines(split, index, colour));
    const lines = digits[0].map((_line, y) => digits.map((digit) => digit[y]).join(GAP));
    return [labels.join(GAP), ...lines].map((line) => line.trimEnd()).join('\n');
  });
  return rows.join('\n\n');
}

function digitLines({images}: MnistSplit, index: number, colour: boolean): string[] {
  const data = images.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE);
  const all = {left: 0, top: 0, width: SIDE, height: SIDE};
  const small = areaAverage({data, width: SIDE, height: SIDE, channels: 1}, all, DRAWN, DRAWN).data;
  return Array.from({length: DRAWN / 2}, (_, y) => {
    const characters = Array.from({length: DRAWN}, (_, x) => {
      const [upper, lower] = [small[2 * y * DRAWN + x], small[(2 * y + 1) * DRAWN + x]];
      return colour ? halfBlock(upper, lower) : shade((upper + lower) / 2);
    });
    return characters.join('') + (colour ? '\u001b[0m' : '');
  });
}

/** The upper half of the character in the foreground's colour, the lower in the background's. */
function halfBlock(upper: number, lower: number): string {
  const grey = (value: number) => new Array(3).fill(Math.round(value)).join(';');
  return `\u001b[38;2;${grey(upper)};48;2;${grey(lower)}m▀`;
}

function shade(value: number): string {
  return SHADES[Math.min(SHADES.length - 1, Math.round((value / 255) * SHADES.length))];
}

/** Terminals say so in COLORTERM; NO_COLOR and a pipe are picocolors' to see. */
function hasTrueColour(): boolean {
  return pc.isColorSupported && /truecolor|24bit/i.test(process.env.COLORTERM ?? '');
}
