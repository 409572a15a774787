import type {Box} from '../raster';

/** Of the lower one's height: what two neighbours in a row have in common. */
const MIN_OVERLAP = 0.4;
/** Of the height: what does not count as a rise. */
const MAX_RISE = 0.6;

/**
 * Digits in rows from above, each from left to right. A row goes on with whatever lies beside its last digit, so that it
 * may slope.
 */
export function rowsOf<T extends {box: Box}>(digits: T[]): T[][] {
  const rows: T[][] = [];
  for (const digit of [...digits].sort((a, b) => centre(a).x - centre(b).x)) {
    const row = best(rows, digit);
    if (row === undefined) rows.push([digit]);
    else row.push(digit);
  }
  const slope = median(rows.flatMap(slopes));
  const level = (row: T[]) => median(row.map((digit) => centre(digit).y - slope * centre(digit).x));
  return rows.sort((a, b) => level(a) - level(b));
}

/** The row that a digit continues: the one whose last digit's heights it shares most. */
function best<T extends {box: Box}>(rows: T[][], digit: T): T[] | undefined {
  let found: T[] | undefined;
  let most = MIN_OVERLAP;
  for (const row of rows) {
    const share = besides(row[row.length - 1].box, digit.box);
    if (share < most) continue;
    found = row;
    most = share;
  }
  return found;
}

/** What share of the lower one's height two boxes have in common. */
function besides(a: Box, b: Box): number {
  const overlap = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return overlap / Math.min(a.height, b.height);
}

/** From each digit of a row to the next. */
function slopes<T extends {box: Box}>(row: T[]): number[] {
  return row.slice(1).flatMap((digit, i) => {
    const [a, b] = [centre(row[i]), centre(digit)];
    const slope = (b.y - a.y) / (b.x - a.x);
    return Math.abs(slope) < MAX_RISE ? [slope] : [];
  });
}

function centre({box}: {box: Box}): {x: number; y: number} {
  return {x: box.left + box.width / 2, y: box.top + box.height / 2};
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
