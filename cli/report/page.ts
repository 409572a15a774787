import type {MnistSplit} from 'mnist-wasm/mnist';
import {count, duration, percent} from '../../common/format';
import {mean} from '../../common/statistics';
import {epochsIn, type Mistake, runTitle} from '../../recipes';
import {epochFigures} from '../run/history';
import type {RunRecord} from '../run/record';
import {dataTitle} from '../run/titles';
import {epochBars} from './charts';
import {runCurves} from './curves';
import {structureDiagram} from './diagram';
import {htmlDocument} from './document';
import {environment, facts, notices} from './facts';
import {table} from './html';
import {samplesSection} from './samples';
import {confusionMatrix, mistakesGrid} from './sections';

/**
 * The report of a run as one HTML page.
 *
 * @param test the split that `mistakes` and the record's samples index into.
 */
export function reportPage(record: RunRecord, mistakes: Mistake[], test: MnistSplit): string {
  const body = `${notices(record)}
${facts(record)}
${curves(record)}
${samplesSection(record.samples, test)}
<div class="pair stack">
${perClass(record)}
<section><h2>Confusion matrix</h2>${confusionMatrix(record.test.confusionMatrix)}</section>
</div>
<section><h2>Worst mistakes</h2>${mistakesGrid(mistakes, test)}</section>
${model(record)}
${epochTimes(record)}
${environment(record)}`;
  return htmlDocument(`${runTitle(record)} on ${dataTitle(record)}`, record.data.description, body);
}

function curves(record: RunRecord): string {
  const {history, epochSeconds} = record;
  if (epochsIn(history) === 0) return '<section><h2>Learning curves</h2><p>No whole epoch was trained.</p></section>';
  return `<div class="pair stack">
<section><h2>Loss</h2>${runCurves([record], {metric: 'loss'})}</section>
<section><h2>Accuracy</h2>${runCurves([record], {metric: 'accuracy'})}</section>
</div>
<details><summary>The figures of each epoch</summary>${epochTable(epochFigures(history, epochSeconds))}</details>`;
}

function epochTable(epochs: ReturnType<typeof epochFigures>): string {
  const columns = ['Epoch', 'Seconds', 'Loss', 'Accuracy', 'Val. loss', 'Val. accuracy'];
  const rows = epochs.map((figures) =>
    Object.entries(figures).map(([name, value]) => {
      if (value === null) return '–';
      if (name === 'epoch') return String(value);
      if (name === 'seconds') return value.toFixed(2);
      return name.endsWith('accuracy') ? percent(value) : value.toFixed(4);
    }),
  );
  return table(
    'Training and validation',
    columns.map((heading, i) => ({heading, numeric: i > 0})),
    rows,
  );
}

function perClass({test}: RunRecord): string {
  const columns = [
    {heading: 'Digit'},
    {heading: 'Precision', numeric: true},
    {heading: 'Recall', numeric: true},
    {heading: 'F1', numeric: true},
    {heading: 'Support', numeric: true},
  ];
  const rows = test.perClass.map(({label, precision, recall, f1, support}) => [
    String(label),
    percent(precision),
    percent(recall),
    percent(f1),
    count(support),
  ]);
  return `<section><h2>Each class</h2>${table('On the test images', columns, rows)}</section>`;
}

function model({model: {layers, parameters, trainable}}: RunRecord): string {
  const columns = [{heading: 'Layer'}, {heading: 'Output shape'}, {heading: 'Parameters', numeric: true}];
  const rows = layers.map((layer) => [layer.type, layer.outputShape, count(layer.parameters)]);
  const caption = `${count(parameters)} parameters: ${count(trainable)} trainable, ${count(parameters - trainable)} not`;
  return `<section><h2>Model</h2><div class="model">
${structureDiagram({layers})}
${table(caption, columns, rows)}
</div></section>`;
}

function epochTimes({epochSeconds, millisecondsPerStep: step}: RunRecord): string {
  if (epochSeconds.length === 0) return '';
  const spread = `${duration(mean(epochSeconds))} on average, ${duration(Math.min(...epochSeconds))} to ${duration(Math.max(...epochSeconds))}`;
  const steps = step === null ? '' : `; a training step takes ${step.toFixed(2)} ms (median)`;
  const decimals = Math.max(...epochSeconds) < 3 ? 1 : 0;
  return `<section><h2>Time of each epoch</h2>
<p class="soft">${spread}${steps}.</p>
<div class="chart">${epochBars('Seconds of each epoch', epochSeconds, (value) => `${value.toFixed(decimals)} s`)}</div></section>`;
}
