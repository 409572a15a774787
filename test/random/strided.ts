/** The ways to write a part of a tensor: the attributes of Slice and StridedSlice. */

import type {NamedAttrMap} from '@tensorflow/tfjs-core';

type Random = () => number;

/** Begin and size of a part, which may be written shorter. */
export function sliceAttrs(shape: readonly number[], random: Random): NamedAttrMap {
  const begin = shape.map((n) => random() % (n + 1));
  const size = shape.map((n, i) => {
    const rest = n - begin[i];
    const some = random() % (rest + 1);
    return some === rest && random() % 2 ? -1 : some;
  });
  if (random() % 8) return {begin, size};
  // A begin that is not there is 0, a size that is not there all of the rest.
  return {begin: begin.slice(0, random() % (shape.length + 1)), size: size.slice(0, random() % (shape.length + 1))};
}

type Entry = 'range' | 'index' | 'newAxis' | 'ellipsis';

/** The entries of a strided slice name dimensions from the first on, and behind an ellipsis the last ones. */
export function stridedSliceAttrs(shape: readonly number[], random: Random): NamedAttrMap {
  const entries = anyEntries(shape.length, random);
  const named = entries.filter((entry) => entry === 'range' || entry === 'index').length;
  // With an index, which drops its dimension, the CPU backend takes the wrong elements if any stride is not 1.
  const unit = entries.includes('index');
  const begin: number[] = [];
  const end: number[] = [];
  const strides: number[] = [];
  let dim = 0;
  for (const [i, entry] of entries.entries()) {
    if (entry === 'ellipsis') dim = shape.length - (named - dim);
    const n = shape[dim] ?? 0;
    const isIndex = entry === 'index' && n > 0;
    // An index into nothing is an error.
    if (entry === 'index' && !isIndex) entries[i] = 'range';
    const stride = unit ? 1 : (1 + (random() % 3)) * (random() % 2 ? 1 : -1);
    const [from, to] = isIndex ? [random() % n, 0] : range(n, stride, random);
    begin.push(isIndex && random() % 2 ? from - n : from);
    end.push(to);
    strides.push(stride);
    if (entry === 'range' || entry === 'index') dim++;
  }
  const mask = (kind: Entry) => entries.reduce((bits, entry, i) => bits | (entry === kind ? 1 << i : 0), 0);
  const some = () => (random() % 3 ? 0 : random() & 127);
  const masks = {ellipsisMask: mask('ellipsis'), newAxisMask: mask('newAxis'), shrinkAxisMask: mask('index')};
  // Strides of 1 are the default.
  const areGiven = strides.some((stride) => stride !== 1) || random() % 2 === 0;
  return {begin, end, ...(areGiven && {strides}), beginMask: some(), endMask: some(), ...masks};
}

function anyEntries(rank: number, random: Random): Entry[] {
  const kinds: Entry[] = random() % 2 ? ['range', 'range', 'index'] : ['range'];
  const named = random() % 3 ? rank : random() % (rank + 1);
  const entries = Array.from({length: named}, () => kinds[random() % kinds.length]);
  for (const kind of ['ellipsis', 'newAxis'] as const) {
    if (random() % 3 === 0) entries.splice(random() % (entries.length + 1), 0, kind);
  }
  return entries;
}

/** Begin and end. The CPU backend refuses an end before the begin, which TensorFlow takes for an empty range. */
function range(n: number, stride: number, random: Random): [begin: number, end: number] {
  const [low, high] = [random() % (n + 1), random() % (n + 1)]
    .sort((a, b) => a - b)
    .map((at) => written(at, n, random));
  return stride > 0 ? [low, high] : [high, low];
}

/** A position from 0 to n as it is, counted from the end, or from beyond the end at which it is. */
function written(at: number, n: number, random: Random): number {
  const form = random() % 4;
  if (form === 1 && at < n) return at - n;
  if (form === 2 && at === n) return n + 2;
  return form === 3 && at === 0 ? -n - 3 : at;
}
