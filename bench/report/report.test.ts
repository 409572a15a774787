import {expect, test} from 'vitest';
import {GROUPS, type GroupTimes} from '../profile/groups';
import type {Results} from '../results';
import {trainingChart} from './chart';
import {insertMarkdown, markdown} from './markdown';

const NO_TIME = Object.fromEntries(GROUPS.map((group) => [group, 0])) as GroupTimes;

const RESULTS: Results = {
  date: '2026-01-31',
  machine: {cpu: 'A CPU', platform: 'linux x64', node: '20.1.2', v8: '11.3'},
  featureLevel: 'relaxed',
  threads: 1,
  peakGflops: 50,
  memorySpeed: {cached: 100, uncached: 10},
  versions: {'tfjs-core': '4.22.0', wasm: '4.22.0', pytorch: '2.0'},
  missing: {'onnxruntime-web': 'not installed'},
  failures: [{peer: 'jax-js', title: 'lenet', message: 'takes more than 9 ms'}],
  columns: ['mnist-wasm', 'wasm', 'pytorch'],
  models: [
    {
      model: 'lenet',
      task: 'training step',
      batch: 120,
      optimizer: 'adam',
      milliseconds: {'mnist-wasm': 10, pytorch: 8},
    },
    {
      model: 'mlp-plain',
      task: 'training step',
      batch: 128,
      optimizer: 'adam',
      milliseconds: {'mnist-wasm': 4, wasm: 144, pytorch: 2},
    },
  ],
  layers: [
    {
      models: ['simple-cnn-a', 'simple-cnn-b'],
      layer: 'dense 100 to 10',
      batch: 128,
      pass: 'weight gradient',
      kernel: 'BatchMatMul',
      flops: 5e7,
      milliseconds: {'mnist-wasm': 2, wasm: 3},
    },
  ],
  kernels: [{kernel: 'Max', name: 'a|b', milliseconds: {'mnist-wasm': 0.5, wasm: 0.5}}],
  compiled: [],
  coldStarts: [],
  profiles: [
    {
      model: 'lenet',
      batch: 120,
      milliseconds: 9,
      steps: 40,
      lines: [
        {name: 'Conv2D', calls: 2, milliseconds: 7.5},
        {name: 'engine', milliseconds: 2.5},
      ],
      overhead: {calls: 2, tfjs: 2.25, ours: 1.5},
      groups: {...NO_TIME, products: 6, "minimal filtering's transforms": 1.5, 'element-wise chains': 0.9, rest: 0.6},
      products: [{title: 'conv a', calls: 2, milliseconds: 5, flops: 1e8, leastFlops: 2.5e7}],
      chains: {calls: 3, bytes: 20e6},
      updates: {calls: 0, bytes: 0},
    },
  ],
};

test('Markdown names the machine, the versions, and who is left out', () => {
  const text = markdown(RESULTS);
  expect(text).toContain('2026-01-31, A CPU, linux x64, Node 20.1.2 (V8 11.3), feature level `relaxed`, one thread.');
  expect(text).toContain('50.0 GFLOP/s');
  expect(text).toContain('Versions: tfjs-core 4.22.0, wasm 4.22.0, pytorch 2.0.');
  expect(text).toContain('Failed: jax-js, lenet: takes more than 9 ms');
  expect(text).toContain('Left out: onnxruntime-web (not installed).');
});

test('Markdown shows ratios, those below 1 in bold, and only tables and columns that have something', () => {
  const lines = markdown(RESULTS).split('\n');
  expect(lines).toContain('| model | batch | mnist-wasm | wasm | pytorch | x wasm | x pytorch |');
  expect(lines).toContain('|---|---:|---:|---:|---:|---:|---:|');
  expect(lines).toContain('| lenet, adam | 120 | 10.00 | - | 8.00 |  | **0.80** |');
  expect(lines).toContain('| mlp-plain, adam | 128 | 4.00 | 144 | 2.00 | 36 | **0.50** |');
  expect(lines.filter((line) => line.startsWith('### Inference'))).toEqual([]);
});

test('what runs in a browser is compared with the subject there', () => {
  const lines = linesOf({
    columns: ['mnist-wasm', 'wasm', 'mnist-wasm in Chromium', 'litert'],
    models: [
      {
        model: 'lenet',
        task: 'inference',
        batch: 256,
        milliseconds: {'mnist-wasm': 10, wasm: 20, 'mnist-wasm in Chromium': 8, litert: 12},
      },
    ],
  });
  expect(lines).toContain(
    '| model | batch | mnist-wasm | wasm | mnist-wasm in Chromium | litert | x wasm | x litert |',
  );
  expect(lines).toContain('| lenet | 256 | 10.00 | 20.00 | 8.00 | 12.00 | 2.00 | 1.50 |');
  expect(lines.join('\n')).toContain("the peer's time divided by that of mnist-wasm in the same engine");
});

test('a layer has GFLOP/s and percent of the peak', () => {
  const lines = markdown(RESULTS).split('\n');
  expect(lines).toContain(
    '| simple-cnn-a, simple-cnn-b | dense 100 to 10 | weight gradient | 128 | 25.0 | 50 % | 2.00 | 3.00 | 1.50 |',
  );
  expect(lines).toContain('| Max | a\\|b |  |  | 0.500 | 0.500 | 1.00 |');
});

test('a long table is folded up', () => {
  const [kernel] = RESULTS.kernels;
  const text = markdown({...RESULTS, kernels: Array(41).fill(kernel)});
  expect(text).toContain('<details>\n<summary>Other kernels, milliseconds</summary>\n\n| kernel |');
});

test('what a document says around the tables stays', () => {
  const document = (tables: string) =>
    `# Title\n\n<!-- begin: npm run bench -->\n${tables}<!-- end: npm run bench -->\n\nText.\n`;
  expect(insertMarkdown(document('old\n'), 'new\n', 'npm run bench')).toBe(document('\nnew\n\n'));
  expect(insertMarkdown(document('old\n'), 'new\n', 'npm run bench -- --compiled')).toBe('new\n');
  expect(insertMarkdown('', 'new\n', 'npm run bench')).toBe('new\n');
});

test("a profile's shares are of the profiled step", () => {
  const lines = markdown(RESULTS).split('\n');
  expect(lines).toContain('| Conv2D | 2 | 7.50 | 75 % |');
  expect(lines).toContain('| engine |  | 2.50 | 25 % |');
});

test("a profile's parts add up to the step, with what bounds them; products have theirs each", () => {
  const lines = markdown(RESULTS).split('\n');
  expect(lines).toContain('| products | 0.050 to 0.200 GFLOP at 50.0 GFLOP/s | 6.00 | 67 % | 1.00 to 4.00 |');
  expect(lines).toContain(
    '| element-wise chains | 3 passes over 20.0 MB at 100.0 or 10.0 GB/s | 0.900 | 10 % | 0.200 to 2.00 |',
  );
  expect(lines).toContain('| all |  | 9.00 | 100 % |  |');
  expect(lines).toContain('| conv a | 2 | 5.00 | 200.00 | 80 % | 4.00 | 1.00 |');
  expect(lines.filter((line) => line.startsWith('| pooling'))).toEqual([]);
});

test('the chart is an SVG with a group for each model and a bar for each time', () => {
  const svg = trainingChart(RESULTS);
  expect(svg).toMatch(/^<svg .*<\/svg>\s*$/s);
  for (const text of ['lenet', 'batch 128, adam', 'PyTorch', 'tfjs-backend-wasm', '144'])
    expect(svg).toContain(`>${text}<`);
  expect(svg).not.toContain('jax-js');
  // In attributes echarts does not escape the quotes of a font's name.
  expect(svg.replaceAll(/"[^"<>]*"/g, '')).not.toContain('"');
});

test('compiled models: times as fast as each of the peers, and sizes', () => {
  const lines = linesOf({
    compiled: [
      {
        model: 'lenet',
        milliseconds: {'compiled, simd': 0.03, 'mnist-wasm': 0.2, 'onnxruntime-web': 0.06, wasm: 0.02},
        sizes: {simd: {all: 285824, code: 31000}},
      },
    ],
  });
  expect(lines).toContain('| lenet | 0.030 | 0.200 | 0.060 | 0.020 | 2.00 | **0.67** |');
  expect(lines).toContain('| lenet | 285,824 | 31,000 |');
});

test('a cold start by every Node, and where it goes: the phases add up, and those of its own too', () => {
  const phases = {process: 40, 'import of tfjs-core': 30, 'import of mnist-wasm': 9, decoding: 1, model: 5};
  const lines = linesOf({
    coldStarts: [
      {node: '20.1.2', isBundled: true, starts: 15, empty: 40, programs: {compiled: 5, 'mnist-wasm': 45}, phases},
    ],
  });
  expect(lines).toContain('| program | Node 20.1.2, bundled |');
  expect(lines).toContain('| a compiled module, by its loader | 5.0 |');
  expect(lines).toContain('| all | 85.0 |');
  expect(lines).toContain("| of it mnist-wasm's own, from import to ready | 10.0 |");
});

function linesOf(results: Partial<Results>): string[] {
  return markdown({...RESULTS, models: [], layers: [], kernels: [], profiles: [], ...results}).split('\n');
}
