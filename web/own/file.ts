/** Digits as a JSON file, which a program of one's own can read. */
import {texts} from '../texts';
import {type LabelledDigit, MOST_OWN, PIXELS} from './digits';

/** `{"digits": [{"label": 3, "pixels": [0, 255, ...]}]}`: 28 rows of 28, 0 background to 255 ink. */
export function digitsFile(digits: readonly LabelledDigit[]): string {
  const lines = digits.map(({label, pixels}) => JSON.stringify({label, pixels: [...pixels]}));
  return `{"digits": [\n${lines.join(',\n')}\n]}\n`;
}

/** @throws Error where the text is no such file. */
export function digitsOfFile(text: string): LabelledDigit[] {
  const digits = parsed(text);
  if (!Array.isArray(digits) || digits.length === 0) throw new Error(texts.own.noFile);
  if (digits.length > MOST_OWN) throw new Error(texts.own.fileTooLong(MOST_OWN));
  return digits.map((digit: unknown, i) => {
    if (!isDigit(digit)) throw new Error(texts.own.badDigit(i + 1));
    return {label: digit.label, pixels: Uint8Array.from(digit.pixels)};
  });
}

function parsed(text: string): unknown {
  try {
    return (JSON.parse(text) as {digits?: unknown} | null)?.digits;
  } catch (error) {
    throw new Error(texts.own.noFile, {cause: error});
  }
}

function isDigit(value: unknown): value is {label: number; pixels: number[]} {
  const {label, pixels} = (value ?? {}) as {label?: unknown; pixels?: unknown};
  return (
    isWithin(label, 9) && Array.isArray(pixels) && pixels.length === PIXELS && pixels.every((p) => isWithin(p, 255))
  );
}

function isWithin(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
}
