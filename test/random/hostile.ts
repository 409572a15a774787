import type {NamedAttrMap} from '@tensorflow/tfjs-core';
import fc, {type Arbitrary} from 'fast-check';
import type {InputSpec, KernelCase} from '../cases/types';
import {randomCalls} from '../parity/random';

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
const dtypes = ['float32', 'int32', 'bool'] as const;

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

/** Random calls of a kernel with one to three changes, each of which may make it impossible. */
export function hostileCalls(kernel: string): Arbitrary<KernelCase> {
  return fc
    .tuple(randomCalls(kernel), fc.array(change, {minLength: 1, maxLength: 3}))
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
  if (kind === 'dtype') return {...spec, dtype: pick(dtypes, what)};
  if (kind === 'rank') return {...spec, shape: within % 2 ? shape.slice(1) : [size, ...shape]};
  return {...spec, shape: shape.map((old, i) => (i === within % shape.length ? size : old))};
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
