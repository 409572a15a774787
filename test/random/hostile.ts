import {type NamedAttrMap, util} from '@tensorflow/tfjs-core';
import fc, {type Arbitrary} from 'fast-check';
import {families} from '../cases';
import type {InputSpec, KernelCase} from '../cases/types';
import {randomCalls} from '../parity/random';
import {randomCases} from '.';

/** Numbers that no attribute means, or that make a size negative, fractional or larger than any memory. */
const numbers = [
  -1,
  -2,
  -3,
  0,
  1,
  2,
  7,
  0.5,
  2.5,
  -0.5,
  1e5,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  1e18,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];
const strange = [null, undefined, '', 'same', 'valid', true, []];
const sizes = [0, 1, 2, 3, 5, 17];
const dtypes = ['float32', 'int32', 'bool', 'complex64', 'string'] as const;

/** One change of a call: what it changes is found by the numbers, modulo what there is. */
interface Change {
  kind: 'attr' | 'size' | 'rank' | 'dtype';
  where: number;
  within: number;
  what: number;
}

const change: Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('attr', 'attr', 'attr', 'size', 'rank', 'dtype'),
  where: fc.nat(1000),
  within: fc.nat(1000),
  what: fc.nat(1000),
});

const ints = (...values: number[]): InputSpec => ({shape: [values.length], dtype: 'int32', values});
const boxes: InputSpec = {shape: [3, 4], values: [0, 0, 1, 1, 0, 0.1, 1, 1.1, 0, 5, 1, 6]};
const suppression = {maxOutputSize: 3, iouThreshold: 0.5, scoreThreshold: 0};

/** Calls of kernels that only the fallback has, and that are not in the case table. */
const fallbackCalls: readonly Omit<KernelCase, 'name'>[] = [
  {kernel: 'IFFT', inputs: {input: {shape: [2, 8], dtype: 'complex64'}}},
  {kernel: 'Multinomial', inputs: {logits: {shape: [2, 5]}}, attrs: {numSamples: 7, seed: 1, normalized: false}},
  {
    kernel: 'NonMaxSuppressionV4',
    inputs: {boxes, scores: {shape: [3], values: 'positive'}},
    attrs: {...suppression, padToMaxOutputSize: true},
  },
  {
    kernel: 'NonMaxSuppressionV5',
    inputs: {boxes, scores: {shape: [3], values: 'positive'}},
    attrs: {...suppression, softNmsSigma: 0.1},
  },
  {kernel: 'RaggedRange', inputs: {starts: ints(0, 5, 8), limits: ints(3, 7, 2), deltas: ints(1, 2, -3)}},
  {
    kernel: 'SparseFillEmptyRows',
    inputs: {
      indices: {shape: [2, 2], dtype: 'int32', values: [0, 1, 2, 0]},
      values: {shape: [2]},
      denseShape: ints(4, 2),
      defaultValue: {shape: []},
    },
  },
  {
    kernel: 'SparseSegmentMean',
    inputs: {data: {shape: [4, 2]}, indices: ints(3, 0, 2), segmentIds: ints(0, 0, 1)},
  },
  {
    kernel: 'StringNGrams',
    inputs: {data: {shape: [3], dtype: 'string', values: ['a', 'bc', 'ü']}, dataSplits: ints(0, 2, 3)},
    attrs: {
      separator: ' ',
      nGramWidths: [1, 2],
      leftPad: '<',
      rightPad: '>',
      padWidth: -1,
      preserveShortSequences: true,
    },
  },
];
const ofFallback: readonly KernelCase[] = [
  ...families.fallback.filter(({kernel}) => !(kernel in randomCases)),
  ...fallbackCalls.map((call) => ({...call, name: 'fallback'})),
];

/** Every kernel but Draw, which needs a canvas, and those whose inputs are lists within a record (RaggedGather ...). */
export const hostileKernels: readonly string[] = [
  ...Object.keys(randomCases),
  ...new Set(ofFallback.map(({kernel}) => kernel)),
];

/** Random calls of a kernel with one to three changes, each of which may make it impossible. */
export function hostileCalls(kernel: string): Arbitrary<KernelCase> {
  const calls =
    kernel in randomCases ? randomCalls(kernel) : fc.constantFrom(...ofFallback.filter((c) => c.kernel === kernel));
  return fc
    .tuple(calls, fc.array(change, {minLength: 1, maxLength: 3}))
    .map(([call, changes]) => changes.reduce(changed, call));
}

function changed(call: KernelCase, {kind, where, within, what}: Change): KernelCase {
  if (kind === 'attr') return {...call, attrs: changedAttrs(call.attrs ?? {}, where, within, what)};
  const entries = Object.entries(call.inputs) as [string, InputSpec][];
  if (entries.length === 0) return call;
  const at = where % entries.length;
  const inputs = entries.map(
    ([name, spec], i) => [name, i === at ? changedInput(spec, kind, within, what) : spec] as const,
  );
  return {...call, inputs: Array.isArray(call.inputs) ? inputs.map(([, spec]) => spec) : Object.fromEntries(inputs)};
}

function changedInput(
  {shape, dtype, ...rest}: InputSpec,
  kind: Change['kind'],
  within: number,
  what: number,
): InputSpec {
  // Values that are listed belong to the shape and the dtype.
  const spec = {shape, dtype, ...rest, ...(Array.isArray(rest.values) && {values: undefined})};
  const size = pick(sizes, what);
  if (kind === 'dtype') return withStrings({...spec, dtype: pick(dtypes, what)});
  if (kind === 'rank') return withStrings({...spec, shape: within % 2 ? shape.slice(1) : [size, ...shape]});
  return withStrings({...spec, shape: shape.map((old, i) => (i === within % shape.length ? size : old))});
}

/** The values of strings are not drawn. */
function withStrings(spec: InputSpec): InputSpec {
  if (spec.dtype !== 'string') return spec;
  return {...spec, values: new Array<string>(util.sizeFromShape([...spec.shape])).fill('ü')};
}

/** One attribute, or one number within it, replaced. */
function changedAttrs(attrs: NamedAttrMap, where: number, within: number, what: number): NamedAttrMap {
  const names = Object.keys(attrs);
  if (names.length === 0) return attrs;
  const name = pick(names, where);
  return {...attrs, [name]: changedValue(attrs[name], within, what)} as NamedAttrMap;
}

function changedValue(value: unknown, within: number, what: number): unknown {
  if (what % 10 === 0) return pick(strange, what / 10);
  if (!Array.isArray(value)) return pick(numbers, what);
  if (value.length === 0 || what % 10 === 1)
    return what % 20 === 1 ? [...value, pick(numbers, within)] : value.slice(1);
  const at = within % value.length;
  return value.map((element, i) => (i === at ? changedValue(element, Math.floor(within / 7), what) : element));
}

function pick<T>(list: readonly T[], at: number): T {
  return list[Math.floor(at) % list.length];
}
