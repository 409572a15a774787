import Papa from 'papaparse';
import {MnistError} from '../error.js';
import {MAX_SIZE} from '../idx.js';
import type {MnistSplit} from '../types.js';
import {isLabelValue, isPixelValue, paired, toLabels, toPixels} from './sets.js';

const PIXELS = 28 * 28;
/** Bytes that are parsed at once: all of MNIST is 128 MB, of which strings take several times as much. */
const PART = 2 ** 22;
const NEWLINE = 10;
/** Rows that tell which column is the label. */
const MOST_LOOKED_AT = 200;

/** What the columns of a CSV file are. */
interface Columns {
  /** The position of the label; undefined where there are pixels alone. */
  label?: number;
  hasHeader: boolean;
}

/**
 * Images and labels of CSV: a row for each image, 784 columns of pixels, and one of the label, the first or the last, or named
 * so. As Kaggle's Digit Recognizer has it, with a header, or without one.
 *
 * @returns undefined where there is no column of labels.
 * @throws MnistError where the rows are something else.
 */
export function parseCsv(bytes: Uint8Array, file: string): MnistSplit | undefined {
  const wrong = (row: number, text: string) => new MnistError(`${file}, row ${row}: ${text}.`, {file});
  let columns: Columns | undefined;
  let row = 0;
  let images = new Float32Array(PIXELS * 1024);
  const labels: number[] = [];
  for (const text of parts(bytes, file)) {
    const {data} = Papa.parse<string[]>(text, {skipEmptyLines: true});
    for (const cells of data) {
      row++;
      if (columns === undefined) {
        columns = columnsOf(data.slice(0, MOST_LOOKED_AT), file);
        if (columns.label === undefined) return undefined;
        if (columns.hasHeader) continue;
      }
      if (cells.length !== PIXELS + 1) throw wrong(row, `expected ${PIXELS + 1} values, found ${cells.length}`);
      if (labels.length === MAX_SIZE) throw wrong(row, `expected at most ${MAX_SIZE} images`);
      const at = labels.length * PIXELS;
      if (at === images.length) images = grown(images);
      let pixel = at;
      for (let i = 0; i <= PIXELS; i++) {
        const value = cells[i].trim() === '' ? Number.NaN : Number(cells[i]);
        const isLabel = i === columns.label;
        if (!(isLabel ? isLabelValue(value) : isPixelValue(value))) {
          const expected = isLabel ? 'a label from 0 to 9' : 'a pixel from 0 to 255';
          throw wrong(row, `expected ${expected}, found '${cells[i].slice(0, 20)}' in column ${i + 1}`);
        }
        if (isLabel) labels.push(value);
        else images[pixel++] = value;
      }
    }
  }
  if (labels.length === 0) {
    const found = row === 0 ? 'an empty file' : 'a header alone';
    throw new MnistError(`${file}: expected CSV with a row for each image, found ${found}.`, {file});
  }
  const pixels = toPixels(images.subarray(0, labels.length * PIXELS), file);
  return paired(pixels, toLabels(labels, file), file);
}

/** Whole lines, some MB at a time. */
function* parts(bytes: Uint8Array, file: string): Generator<string> {
  const decoder = new TextDecoder();
  for (let start = 0; start < bytes.length; ) {
    let end = bytes.length;
    if (start + PART < bytes.length) {
      end = bytes.subarray(start, start + PART).lastIndexOf(NEWLINE) + start + 1;
      if (end === start)
        throw new MnistError(`${file}: expected CSV, found a line of more than ${PART} bytes.`, {file});
    }
    yield decoder.decode(bytes.subarray(start, end));
    start = end;
  }
}

/** Of the first rows. */
function columnsOf(rows: string[][], file: string): Columns {
  const [cells] = rows;
  const hasHeader = cells.filter((cell) => Number.isNaN(Number(cell))).length > cells.length / 2;
  if (cells.length === PIXELS) return {hasHeader};
  if (cells.length !== PIXELS + 1) {
    // As pandas writes it unless it is told not to.
    const hint =
      cells.length === PIXELS + 2 ? ' Leave out the column that numbers the rows (in pandas: index=False).' : '';
    throw new MnistError(
      `${file}: expected CSV of ${PIXELS + 1} columns, a label and ${PIXELS} pixels; found ${cells.length}.${hint}`,
      {file},
    );
  }
  const named = cells.findIndex((cell) => /^(label|class|digit|target|y)$/i.test(cell.trim()));
  if (named >= 0) return {hasHeader, label: named};
  // Without a name, the last of the 785 is the label only where the first is none: a pixel of the margin is 0 in all rows.
  const isDigit = (cell: string) => /^\s*\d(\.0*)?\s*$/.test(cell);
  const isLabel = (column: number) =>
    rows.every((row) => isDigit(row[column] ?? '')) && new Set(rows.map((row) => row[column])).size > 1;
  const last = !hasHeader && isDigit(cells[PIXELS]) && (!isDigit(cells[0]) || (!isLabel(0) && isLabel(PIXELS)));
  return {hasHeader, label: last ? PIXELS : 0};
}

function grown(values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(2 * values.length);
  larger.set(values);
  return larger;
}
