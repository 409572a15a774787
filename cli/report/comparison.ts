import {epochsIn, runTitle} from '../../recipes';
import {comparisonRows} from '../run/comparison';
import type {RunRecord} from '../run/record';
import {dataTitle, runNames} from '../run/titles';
import {runCurves} from './curves';
import {structureDiagram} from './diagram';
import {htmlDocument} from './document';
import {environment} from './facts';
import {escapeHtml, table} from './html';

/** Two runs side by side as one HTML page: accuracy and execution time, their curves in one chart, their models. */
export function comparisonPage(a: RunRecord, b: RunRecord): string {
  const names = runNames([a, b]);
  const title = a.title === b.title ? `${a.title}: ${names.join(' and ')}` : [a, b].map(runTitle).join(' and ');
  const columns = [{heading: 'Figure'}, ...names.map((heading) => ({heading, numeric: true}))];
  const body = `<section class="wrap"><h2>Accuracy and time</h2>${table('Of each run', columns, comparisonRows(a, b))}</section>
${curves([a, b])}
<div class="pair stack">
${[a, b].map((record, i) => structure(record, names[i])).join('\n')}
</div>
${repeat([a, b], names)}`;
  const data = [...new Set([a, b].map(({data}) => data.description))].join('; ');
  return htmlDocument(`${title} on ${[...new Set([a, b].map(dataTitle))].join(' and ')}`, data, body);
}

function curves(records: RunRecord[]): string {
  if (records.every(({history}) => epochsIn(history) === 0)) return '';
  return `<div class="pair stack">
<section><h2>Loss</h2>${runCurves(records, {metric: 'loss', height: 330})}</section>
<section><h2>Accuracy</h2>${runCurves(records, {metric: 'accuracy', height: 330})}</section>
</div>`;
}

function structure({model}: RunRecord, name: string): string {
  return `<section class="structure"><h2>Structure: ${escapeHtml(name)}</h2>${structureDiagram(model)}</section>`;
}

function repeat(records: RunRecord[], names: string[]): string {
  return records.map((record, i) => environment(record, `Environment: ${names[i]}`)).join('\n');
}
