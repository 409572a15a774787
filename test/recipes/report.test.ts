import {inflateSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {curvesChart} from '../../recipes/report/charts';
import {escapeHtml, table} from '../../recipes/report/html';
import {reportPage} from '../../recipes/report/page';
import {encodeGreyscalePng} from '../../recipes/report/png';
import {confusionMatrix, mistakesGrid} from '../../recipes/report/sections';
import {classificationMetrics} from '../../recipes/shared/metrics';
import type {RunRecord} from '../../recipes/shared/record';
import {classTable} from '../../recipes/shared/table';
import {numbered} from './splits';

/** 40 test images; every 9 is taken for a 0, all others are right. */
const test = numbered(40);
const {mistakes, ...figures} = classificationMetrics(
  Float32Array.from({length: 400}, (_, i) => {
    const image = Math.floor(i / 10);
    const predicted = (test.labels[image] + Number(image % 10 === 3)) % 10;
    return i % 10 === predicted ? 0.75 : 0.25 / 9;
  }),
  test.labels,
  10,
);

const record: RunRecord = {
  recipe: 'lenet',
  title: 'LeNet-5',
  date: '2030-01-02T03:04:05.000Z',
  status: 'finished',
  data: {source: 'folder', description: 'MNIST files in /tmp/<b>&"mnist"', train: 54_000, validation: 6_000, test: 40},
  backend: 'mnist-wasm',
  featureLevel: 'relaxed',
  seed: 42,
  optimizer: 'Adam',
  learningRate: 0.001,
  batchSize: 120,
  epochs: 3,
  model: {
    parameters: 61_706,
    trainable: 61_606,
    layers: [
      {name: 'flatten_1', type: 'Flatten', outputShape: '[batch, 400]', parameters: 0, inputs: ['input_1']},
      {name: 'dense_1', type: 'Dense', outputShape: '[batch, 10]', parameters: 4010, inputs: ['flatten_1']},
    ],
  },
  history: {
    loss: [0.5, 0.2, 0.1],
    accuracy: [0.8, 0.9, 0.95],
    val_loss: [0.3, 0.2, 0.15],
    val_accuracy: [0.9, 0.93, 0.94],
  },
  epochSeconds: [28.5, 27, 27.5],
  bestEpoch: 2,
  stoppedEarly: true,
  resumed: 0,
  partialEpoch: null,
  steps: 1350,
  millisecondsPerStep: 12.34,
  trainingSeconds: 83,
  test: figures,
  samples: [{index: 0, label: 0, probabilities: [0.91, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01]}],
  command: 'npx mnist-wasm train lenet --seed 42',
  environment: {cpu: 'A <CPU>', cores: 2, system: 'Linux 6.1, x64'},
  versions: {'mnist-wasm': '0.1.0', tfjs: '4.22.0', node: '20.0.0'},
};
const page = reportPage(record, mistakes, test);

describe('reportPage', () => {
  it('says what was run on what', () => {
    const shown = [
      'LeNet-5 on MNIST',
      'mnist-wasm, relaxed',
      '>42<',
      '90.00 %',
      '12.3 ms',
      '1:23 min',
      '3 of 3',
      '54,000',
    ];
    for (const text of [...shown, '61,706 parameters', 'Flatten', '[batch, 400]', record.date])
      expect(page).toContain(text);
  });

  it('names built-in digits instead of MNIST', () => {
    const digits = {...record, data: {...record.data, source: 'digits' as const}};
    expect(reportPage(digits, mistakes, test)).toContain('<title>LeNet-5 on built-in digits</title>');
  });

  it('needs no network and no script', () => {
    const addresses = page.match(/(?:https?:)?\/\/[\w.]+[^\s"'<]*/g) ?? [];
    // The names of the SVG namespaces are no addresses that anything fetches.
    expect(addresses.filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
    expect(page).not.toMatch(/<script|<link|<iframe|@import|javascript:| on\w+=/i);
    expect(page.match(/ (?:src|href)="(?!data:image\/png;base64,)/)).toBeNull();
    expect(page).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`);
  });

  it('is whole: everything opened is closed, and text is escaped', () => {
    for (const tag of ['section', 'table', 'tr', 'td', 'th', 'svg', 'div', 'figure', 'ul', 'li', 'dl', 'main', 'p']) {
      const opened = page.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0;
      expect(page.match(new RegExp(`</${tag}>`, 'g'))?.length ?? 0, tag).toBe(opened);
    }
    expect(page).toContain('/tmp/&lt;b&gt;&amp;&quot;mnist&quot;');
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });

  it('has the curves, the tables and the worst mistakes', () => {
    expect(page.match(/<svg /g)).toHaveLength(4);
    expect(page.match(/<img /g)).toHaveLength(mistakes.length + record.samples.length);
    expect(page).toContain('Confusion matrix');
    expect(page).toContain(`${mistakes.length} wrong predictions`);
    // Ids of two charts in one page must differ, or one clips the other.
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tells of a run that was cut short', () => {
    const partialEpoch = {epoch: 3, step: 17, steps: 450, images: 2040, loss: 0.1, accuracy: 0.9};
    const history = {loss: [0.5, 0.2], accuracy: [0.8, 0.9]};
    const stopped = reportPage({...record, status: 'interrupted', history, partialEpoch}, mistakes, test);
    expect(stopped).toContain('interrupted after 2 of 3 epochs and 17 of 450 batches of the next');
    const exploded = reportPage({...record, status: 'diverged', history, partialEpoch}, mistakes, test);
    expect(exploded).toContain('Training diverged');
    const early = reportPage({...record, status: 'interrupted', history: {}, epochSeconds: [], partialEpoch}, mistakes, test);
    expect(early).toContain('No whole epoch was trained');
    expect(early.match(/<svg /g)).toHaveLength(1);
    expect(page).not.toContain('class="notice"');
  });
});

describe('parts of the report', () => {
  it('curvesChart draws one line for each curve in the colours of the page', () => {
    const curves = [
      {name: 'training', values: [3, 2, 1]},
      {name: 'validation', values: [3, 2.5, 2]},
    ];
    const svg = curvesChart('Loss <of> each epoch', curves, {format: (value) => value.toFixed(1)});
    expect(svg).toContain('role="img" aria-label="Loss &lt;of&gt; each epoch"');
    for (const text of ['training', 'validation', 'epoch', '>3<', '>3.0<']) expect(svg).toContain(text);
    for (const colour of ['--curve-1', '--curve-2', '--text', '--line']) expect(svg).toContain(`var(${colour})`);
    const lines = [...svg.matchAll(/<path d="M[^"]*L[^"]*L[^"]*"[^>]*stroke="var\(--curve-\d\)"/g)];
    expect(lines).toHaveLength(2);
  });

  it('curvesChart shows a single epoch as points', () => {
    const svg = curvesChart('Loss', [{name: 'training', values: [0.5]}], {format: String});
    expect(svg.match(/fill="var\(--curve-1\)"/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('confusionMatrix has a cell for each pair, shaded where it is not 0', () => {
    const html = confusionMatrix([
      [9, 1],
      [0, 5],
    ]);
    expect(html.match(/<td style/g)).toHaveLength(3);
    expect(html.match(/<td class="none">0/g)).toHaveLength(1);
    expect(html).toMatch(/--right\) \/ 0\.46\)">9<.*--wrong\) \/ 0\.66\)">1</);
  });

  it('mistakesGrid shows the first 24 with labels and confidence', () => {
    const many = Array.from({length: 30}, (_, i) => ({index: i, label: 4, predicted: 9, confidence: 0.987}));
    const html = mistakesGrid(many, test);
    expect(html.match(/<img /g)).toHaveLength(24);
    expect(html).toContain('24 most confident of 30 wrong predictions');
    expect(html).toContain('<b>4</b> taken for <b>9</b><br>98.7 % sure<br>no. 23');
    expect(mistakesGrid([], test)).toContain('every test image was predicted right');
  });

  it('table escapes its cells', () => {
    const html = table('a & b', [{heading: '<x>'}, {heading: 'n', numeric: true}], [['"q"', '1']]);
    for (const text of ['a &amp; b', '&lt;x&gt;', '&quot;q&quot;', '<td class="number">1</td>'])
      expect(html).toContain(text);
    expect(escapeHtml(`<&>"'`)).toBe('&lt;&amp;&gt;&quot;&#39;');
  });

  it('classTable has a row for each class and no colours of its own', () => {
    const text = classTable(figures);
    const rows = text.split('\n').filter((line) => /^│ +\d/.test(line));
    expect(rows).toHaveLength(10);
    expect(rows[0].match(/[\d.,]+/g)).toEqual(['0', '50.00', '100.00', '66.67', '4']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal takes for colours begins with it.
    expect(text).not.toMatch(/\u001b/);
  });
});

describe('encodeGreyscalePng', () => {
  it('holds the pixels that it was given', () => {
    const pixels = Uint8Array.from({length: 28 * 20}, (_, i) => (i * 37) % 256);
    const chunks = readPng(encodeGreyscalePng(pixels, 28, 20));
    expect(chunks.map(({type}) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
    const header = chunks[0].data;
    expect([header.readUInt32BE(0), header.readUInt32BE(4), ...header.subarray(8)]).toEqual([28, 20, 8, 0, 0, 0, 0]);
    const rows = inflateSync(chunks[1].data);
    expect(rows.length).toBe(20 * 29);
    for (let y = 0; y < 20; y++) {
      expect(rows[y * 29]).toBe(0);
      expect([...rows.subarray(y * 29 + 1, (y + 1) * 29)]).toEqual([...pixels.subarray(y * 28, (y + 1) * 28)]);
    }
    // The checksum of the empty end chunk stands at the end of every PNG file.
    expect(chunks[2].crc).toBe(0xae426082);
  });

  it('refuses a size that does not fit', () => {
    expect(() => encodeGreyscalePng(new Uint8Array(10), 28, 28)).toThrow(/28 x 28 pixels, got 10/);
  });
});

function readPng(png: Buffer): {type: string; data: Buffer; crc: number}[] {
  expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    chunks.push({type, data, crc: png.readUInt32BE(at + 8 + length)});
    at += 12 + length;
  }
  return chunks;
}
