import {describe, expect, it} from 'vitest';
import type {MeasuredError} from '../cases/compare';
import type {Tolerance} from '../cases/types';
import {markdown} from './markdown';
import type {KernelRow} from './rows';
import {staleness} from './stale';

const versions = {'tfjs-core': '4.22.0'};
const SUMS: Tolerance = {relative: 2e-6, of: 'output'};

const row = (kernel: string, change: Partial<KernelRow> = {}): KernelRow => ({
  kernel,
  runs: 'native',
  nativeDtypes: ['float32'],
  cpu: true,
  wasm: false,
  cases: 10,
  randomCases: 200,
  tolerance: SUMS,
  worst: {relaxed: largest(5e-7), simd: largest(1e-6)},
  ...change,
});
const largest = (error: number): MeasuredError => ({error, allowed: 2e-6, unit: 'largest', share: error / 2e-6});
const ulps = (error: number, allowed: number): MeasuredError => ({error, allowed, unit: 'ulp', share: error / allowed});

/** What is stale of a table of one kernel, where the relaxed level is measured as given. */
const relaxed = (documented: KernelRow, worst: MeasuredError | undefined) =>
  staleness(markdown([documented], versions), [{...documented, worst: {relaxed: worst}}], versions, 'relaxed');

describe('the table of kernels', () => {
  it('has a row for each kernel, native ones first, the others by family with the reason', () => {
    const none = {cases: 0, randomCases: 0, tolerance: undefined, worst: {}, nativeDtypes: []};
    const text = markdown(
      [
        row('Conv2D'),
        row('Multinomial', {...none, runs: 'fallback'}),
        row('LogicalXor', {...none, runs: 'absent', cpu: false, wasm: true}),
        row('Unheard', {...none, runs: 'fallback'}),
      ],
      versions,
    );
    expect(text).toContain('3 kernels of `mnist-wasm`: 1 native, 2 through the fallback');
    expect(text).toContain('with tfjs-core 4.22.0;');
    const order = [
      '## Native',
      '| Conv2D |',
      '### Random draws',
      'generator',
      '| Multinomial |',
      '### Others',
      '| Unheard |',
      '| LogicalXor |',
    ];
    const places = order.map((part) => text.indexOf(part, text.indexOf('## Native')));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(text).toContain(
      '| Conv2D | native | float32 | yes | no | 10 | 200 | 2e-6 of the largest | 5e-7 of the largest | 1e-6 of the largest |',
    );
    expect(text).toContain('| Multinomial | fallback |  | yes | no |  |  |  |  |  |');
  });

  it('says which gradients tfjs-core has wrong, and which it lacks', () => {
    const text = markdown([row('Conv2D')], versions);
    const [, right, everywhere, missing] = text.slice(text.indexOf('## Gradients')).split('\n### ');
    expect(right).toMatch(/^Wrong in tfjs-core, and right.*\n- .*`mirrorPad`: it leaves out what the padding mirrors/s);
    expect(right).toContain('- second derivatives: ');
    expect(everywhere).toContain('`losses.softmaxCrossEntropy` (its labels): ');
    expect(missing).toContain('- `einsum`');
  });

  it('is stale where its text differs', () => {
    const text = markdown([row('Abs'), row('Conv2D')], versions);
    const check = (rows: KernelRow[], of = versions) => staleness(text, rows, of, 'simd');
    expect(check([row('Abs'), row('Conv2D')])).toEqual([]);
    expect(check([row('Abs')])).toHaveLength(1);
    expect(check([row('Abs'), row('Conv2D', {cases: 11})])).toEqual([expect.stringMatching(/^line \d+: Conv2D/)]);
    expect(check([row('Abs'), row('Conv2D', {tolerance: {}})])).toHaveLength(1);
    expect(check([row('Abs'), row('Conv2D')], {'tfjs-core': '4.23.0'})).toHaveLength(1);
    expect(staleness('', [row('Abs')], versions, 'simd')).toHaveLength(1);
    expect(staleness(`${text}more`, [row('Abs'), row('Conv2D')], versions, 'simd')).toHaveLength(1);
  });

  it('holds where an error is within a factor of 2 of those of the levels', () => {
    for (const error of [2.6e-7, 5e-7, 8e-7, 1.9e-6]) expect(relaxed(row('Sum'), largest(error))).toEqual([]);
    expect(relaxed(row('Sum'), largest(1e-7))).toEqual([
      'Sum is off by 1e-7 of the largest at the level relaxed; the file says 5e-7 of the largest, 1e-6 of the largest',
    ]);
    const small = row('Sum', {worst: {relaxed: largest(2e-7), simd: largest(3e-7)}});
    expect(relaxed(small, largest(1e-6))).toHaveLength(1);
  });

  it('holds where an error is another one by a last place', () => {
    const none = row('Sum', {worst: {relaxed: largest(0), simd: largest(0)}});
    expect(relaxed(none, largest(1.1e-7))).toEqual([]);
    expect(relaxed(none, largest(1.3e-7))).toHaveLength(1);
    const log = row('Log', {tolerance: {ulp: 3}, worst: {relaxed: ulps(0, 3), simd: ulps(0, 3)}});
    expect(relaxed(log, ulps(1, 3))).toEqual([]);
    expect(relaxed(log, ulps(2, 3))).toHaveLength(1);
    const same: MeasuredError = {error: 0, allowed: 0, unit: 'exact', share: 0};
    for (const tolerance of [undefined, {ulp: 0}]) {
      expect(relaxed(row('Floor', {tolerance, worst: {relaxed: same, simd: same}}), same)).toEqual([]);
    }
  });

  it('is stale where an error is above the tolerance, or no error', () => {
    expect(relaxed(row('Sum'), largest(2.1e-6))).toHaveLength(1);
    const above = row('Sum', {worst: {relaxed: largest(2.1e-6), simd: largest(1e-6)}});
    expect(relaxed(above, largest(1.9e-6))).toHaveLength(1);
    expect(relaxed(row('Sum', {worst: {relaxed: ulps(1, 2), simd: largest(1e-6)}}), largest(1e-6))).toHaveLength(1);
    const uncompared = row('Sum', {worst: {}});
    expect(relaxed(uncompared, largest(0))).toHaveLength(1);
    expect(relaxed(uncompared, undefined)).toEqual([]);
    expect(relaxed(row('Sum'), undefined)).toHaveLength(1);
  });
});
