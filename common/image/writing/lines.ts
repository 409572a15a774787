/** Of the picture's side: what is as long is a printed line, not a stroke. */
const MIN_LENGTH = 0.55;
/** Of the picture's shorter side: thicker is a bar. */
const MAX_THICKNESS = 0.035;
/** Rise of a line over its length, as a share of it: paper that was not held straight. */
const MAX_TILT = 0.06;
/** Places of a line that are looked at first. */
const PROBES = 80;
/** Of those places, what a line covers. */
const MIN_PROBED = 0.75 * MIN_LENGTH;

/**
 * The mask [height, width] without the straight lines that run over most of the picture, upright or level: those of ruled
 * and squared paper, and of a box around the digit. Where a stroke crosses a line it stays whole.
 *
 * @returns undefined where there is no line.
 */
export function withoutLines(mask: Uint8Array, width: number): Uint8Array | undefined {
  const height = mask.length / width;
  const thickest = Math.max(1, Math.round(MAX_THICKNESS * Math.min(width, height)));
  const level = lineMarks(mask, {along: 1, across: width, length: width, count: height, thickest});
  const upright = lineMarks(mask, {along: width, across: 1, length: height, count: width, thickest});
  if (level === undefined && upright === undefined) return undefined;
  return mask.map((value, i) => (level?.[i] === 1 || upright?.[i] === 1 ? 0 : value));
}

/** How to walk over a mask: steps along the lines that are sought, and across them. */
interface Walk {
  along: number;
  across: number;
  /** Of a line, in pixels. */
  length: number;
  /** Of places across. */
  count: number;
  thickest: number;
}

/** 1 on the pixels that are a line's only. */
function lineMarks(mask: Uint8Array, walk: Walk): Uint8Array | undefined {
  const runs = thinRuns(mask, walk);
  const {length, count} = walk;
  const steps = Math.ceil(MAX_TILT * length);
  const marks = new Uint8Array(mask.length);
  const before = runsBefore(runs, walk);
  const shifts = new Int32Array(length);
  let any = false;
  for (let rise = -steps; rise <= steps; rise++) {
    for (let i = 0; i < length; i++) shifts[i] = Math.round((rise * i) / length);
    for (let start = Math.min(0, -rise); start < count + Math.max(0, -rise); start++) {
      // Most lines cross places that have too few runs for one.
      const first = Math.max(0, start + Math.min(0, rise));
      const last = Math.min(count - 1, start + Math.max(0, rise));
      if (before[last + 1] - before[first] < MIN_LENGTH * length) continue;
      if (hits(runs, walk, start, shifts) < MIN_LENGTH * length) continue;
      any = true;
      const thickness = medianRun(runs, walk, start, shifts);
      for (let i = 0; i < length; i++) mark(runs, marks, walk, {i, place: start + shifts[i], thickness});
    }
  }
  return any ? marks : undefined;
}

/** How many pixels of thin runs are at places before each. */
function runsBefore(runs: Uint8Array, {along, across, length, count}: Walk): Int32Array {
  const before = new Int32Array(count + 1);
  for (let place = 0; place < count; place++) {
    let pixels = 0;
    for (let i = 0; i < length; i++) if (runs[i * along + place * across] !== 0) pixels++;
    before[place + 1] = before[place] + pixels;
  }
  return before;
}

/** How many pixels of a slanted line are in a thin run; 0 where they are too few for one. */
function hits(runs: Uint8Array, {along, across, count}: Walk, start: number, shifts: Int32Array): number {
  let found = 0;
  // A few places tell a line that is not there.
  const stride = Math.max(8, Math.floor(shifts.length / PROBES));
  const least = (MIN_PROBED * shifts.length) / stride;
  let left = Math.ceil(shifts.length / stride);
  for (let i = 0; i < shifts.length; i += stride) {
    const place = start + shifts[i];
    if (place >= 0 && place < count && runs[i * along + place * across] !== 0) found++;
    left--;
    if (found + left < least) return 0;
  }
  found = 0;
  for (let i = 0; i < shifts.length; i++) {
    const place = start + shifts[i];
    if (place >= 0 && place < count && runs[i * along + place * across] !== 0) found++;
  }
  return found;
}

/** How thick the line is at half of its places. */
function medianRun(runs: Uint8Array, {along, across, count}: Walk, start: number, shifts: Int32Array): number {
  const found = Array.from(shifts, (shift, i) => {
    const place = start + shift;
    return place >= 0 && place < count ? runs[i * along + place * across] : 0;
  });
  const thin = found.filter((run) => run > 0).sort((a, b) => a - b);
  return thin[thin.length >> 1];
}

/** Marks the whole run across a line at one of its places, unless a stroke makes it thicker there. */
function mark(
  runs: Uint8Array,
  marks: Uint8Array,
  {along, across, count}: Walk,
  {i, place, thickness}: {i: number; place: number; thickness: number},
): void {
  if (place < 0 || place >= count || runs[i * along + place * across] > thickness + 1) return;
  for (const step of [-1, 1]) {
    for (let at = place; at >= 0 && at < count && runs[i * along + at * across] !== 0; at += step) {
      marks[i * along + at * across] = 1;
    }
  }
}

/** The thickness of the mask across the lines; 0 where it is thicker than a line may be. */
function thinRuns(mask: Uint8Array, {along, across, length, count, thickest}: Walk): Uint8Array {
  const runs = new Uint8Array(mask.length);
  for (let i = 0; i < length; i++) {
    let start = 0;
    for (let at = 0; at <= count; at++) {
      if (at < count && mask[i * along + at * across] === 1) continue;
      if (at - start <= thickest) for (let p = start; p < at; p++) runs[i * along + p * across] = at - start;
      start = at + 1;
    }
  }
  return runs;
}
