import type {MnistSplit} from 'mnist-wasm/mnist';
import {count, duration, percent} from '../shared/format';
import type {Mistake} from '../shared/metrics';
import type {RunRecord} from '../shared/record';
import {epochsIn} from '../shared/state';
import {curvesChart} from './charts';
import {escapeHtml, table} from './html';
import {confusionMatrix, mistakesGrid} from './sections';
import {STYLE} from './style';

/**
 * The report of a run: one HTML page with everything in it. It needs no network and no script, and its content
 * security policy forbids both.
 *
 * @param test the split that `mistakes` index into.
 */
export function reportPage(record: RunRecord, mistakes: Mistake[], test: MnistSplit): string {
  const title = `${record.title} on ${record.data.source === 'digits' ? 'built-in digits' : 'MNIST'}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(title)}</h1>
<p class="soft">${escapeHtml(record.data.description)}</p>
${notice(record)}
</header>
${facts(record)}
${curves(record)}
<div class="pair stack">
${perClass(record)}
<section><h2>Confusion matrix</h2>${confusionMatrix(record.test.confusionMatrix)}</section>
</div>
<section><h2>Worst mistakes</h2>${mistakesGrid(mistakes, test)}</section>
${model(record)}
<footer>${escapeHtml(versions(record))}</footer>
</main>
</body>
</html>
`;
}

function notice({status, partialEpoch, epochs, history}: RunRecord): string {
  if (status === 'finished') return '';
  const done = `${epochsIn(history)} of ${epochs} epochs`;
  const text =
    status === 'diverged'
      ? `Training diverged: the loss or a weight was no longer finite. All figures are those of the last good model, after ${done}.`
      : `Training was interrupted after ${done}${partialEpoch ? ` and ${partialEpoch.step} of ${partialEpoch.steps} batches of the next` : ''}. All figures are those of the model as it was then.`;
  return `<p class="notice">${escapeHtml(text)}</p>`;
}

function facts(record: RunRecord): string {
  const {data, test, millisecondsPerStep: step} = record;
  const first = [
    ['Test accuracy', percent(test.accuracy)],
    ['Test loss', test.loss.toFixed(4)],
    ['Training step', step === null ? 'none' : `${step.toFixed(1)} ms`],
    ['Training time', duration(record.trainingSeconds)],
  ];
  const rest = [
    ['Backend', record.featureLevel === null ? record.backend : `${record.backend}, ${record.featureLevel}`],
    ['Seed', String(record.seed)],
    ['Epochs', `${epochsIn(record.history)} of ${record.epochs}`],
    ['Batch size', count(record.batchSize)],
    ['Optimizer, learning rate', `${record.optimizer}, ${record.learningRate} falling to 0`],
    ['Training images', count(data.train)],
    ['Validation images', count(data.validation)],
    ['Test images', `${count(data.test)}, ${count(test.total - test.correct)} wrong`],
  ];
  const list = [...first.map((fact) => ({fact, first: true})), ...rest.map((fact) => ({fact, first: false}))];
  const items = list.map(
    ({fact: [name, value], first}) =>
      `<div${first ? ' class="first"' : ''}><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  return `<section><dl class="facts">${items.join('\n')}</dl></section>`;
}

function curves({history}: RunRecord): string {
  if (epochsIn(history) === 0) return '<section><h2>Learning curves</h2><p>No whole epoch was trained.</p></section>';
  const of = (name: string) =>
    [
      {name: 'training', values: history[name]},
      {name: 'validation', values: history[`val_${name}`]},
    ].filter((curve) => curve.values !== undefined);
  const loss = curvesChart('Loss of each epoch', of('loss'), (value) => value.toFixed(2));
  const accuracy = curvesChart('Accuracy of each epoch', of('accuracy'), (value) => percent(value, 1));
  return `<div class="pair stack">
<section><h2>Loss</h2>${loss}</section>
<section><h2>Accuracy</h2>${accuracy}</section>
</div>`;
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

function model({model: {layers, parameters}}: RunRecord): string {
  const columns = [{heading: 'Layer'}, {heading: 'Output shape'}, {heading: 'Parameters', numeric: true}];
  const rows = layers.map((layer) => [layer.type, layer.outputShape, count(layer.parameters)]);
  return `<section><h2>Model</h2>${table(`${count(parameters)} parameters`, columns, rows)}</section>`;
}

function versions({versions: v, date}: RunRecord): string {
  return `${date}; mnist-wasm ${v['mnist-wasm']}, TensorFlow.js ${v.tfjs}, Node.js ${v.node}`;
}
