import {describe, expect, it} from 'vitest';
import {mistakes, record, test} from '../fixtures/run-record';
import {curvesChart} from './charts';
import {escapeHtml, table} from './html';
import {reportPage} from './page';
import {confusionMatrix, mistakesGrid} from './sections';

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
    for (const text of [...shown, '61,706 parameters', 'Flatten', '[batch, 400]', '2030-01-02 03:04 UTC'])
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

  it('has what repeats the run, where it ran, the best epoch, the samples and the structure', () => {
    const shown = ['npx mnist-wasm train lenet --seed 42', 'A &lt;CPU&gt;', 'Linux 6.1, x64', 'best: epoch 2'];
    const counts = ['61,606 trainable, 100 not', '3 of 3, stopped early, weights of epoch 2', '27.7 s on average'];
    for (const text of [...shown, ...counts, 'Structure of the model: Flatten, Dense', '91.00 %']) {
      expect(page).toContain(text);
    }
    expect(page).toContain('Probabilities of test image 0');
    expect(reportPage({...record, resumed: 2}, mistakes, test)).toContain('taken up again 2 times');
    const titled = reportPage({...record, variant: 'dropout <0.45>'}, mistakes, test);
    expect(titled).toContain('<h1>LeNet-5, dropout &lt;0.45&gt; on MNIST</h1>');
  });

  it('tells of a run that was cut short', () => {
    const partialEpoch = {epoch: 3, step: 17, steps: 450, images: 2040, loss: 0.1, accuracy: 0.9};
    const history = {loss: [0.5, 0.2], accuracy: [0.8, 0.9]};
    const stopped = reportPage({...record, status: 'interrupted', history, partialEpoch}, mistakes, test);
    expect(stopped).toContain('interrupted after 2 of 3 epochs and 17 of 450 batches of the next');
    const exploded = reportPage({...record, status: 'diverged', history, partialEpoch}, mistakes, test);
    expect(exploded).toContain('Training diverged');
    const early = reportPage(
      {...record, status: 'interrupted', history: {}, epochSeconds: [], partialEpoch},
      mistakes,
      test,
    );
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
});
