import type {ModelResult} from '../models';
import type {Milliseconds} from '../peers/peer';
import type {Profile} from '../profile/profile';
import type {KernelResult, LayerResult, Results} from '../results';
import {SUBJECT} from '../subject';
import {coldStartTable, compiledTable, moduleTable, phaseTable} from './compiled';
import {formatMilliseconds, formatPercent} from './format';
import {type Cell, ratio, type Table, text} from './table';

/** All tables that there are results for. */
export function tablesOf(results: Results): Table[] {
  const {models, layers, kernels, columns, peakGflops, profiles, compiled, coldStarts} = results;
  const training = models.filter(({task}) => task === 'training step');
  const inference = models.filter(({task}) => task === 'inference');
  return [
    modelTable('Training step', training, columns),
    modelTable('Inference', inference, columns),
    layerTable(layers, columns, peakGflops),
    kernelTable(kernels, columns, peakGflops),
    ...profiles.map(profileTable),
    ...(compiled.length > 0 ? [compiledTable(compiled), moduleTable(compiled)] : []),
    ...(coldStarts.length > 0 ? [coldStartTable(coldStarts), phaseTable(coldStarts)] : []),
  ].filter(({rows}) => rows.length > 0);
}

function modelTable(title: string, results: readonly ModelResult[], columns: readonly string[]): Table {
  const {heads, cells} = comparison(results, columns);
  return {
    title: `${title}, milliseconds`,
    head: ['model', 'batch', ...heads],
    texts: 1,
    rows: results.map((result) => [text(nameOf(result)), text(String(result.batch)), ...cells(result)]),
  };
}

/** A model, and what trains it. */
function nameOf({model, optimizer}: ModelResult): string {
  return optimizer ? `${model}, ${optimizer}` : model;
}

function layerTable(results: readonly LayerResult[], columns: readonly string[], peak: number): Table {
  const {heads, cells} = comparison(results, columns);
  return {
    title: "Convolutions and products of the models' layers in a training step, milliseconds",
    head: ['models', 'layer', 'pass', 'batch', 'GFLOP/s', '% of peak', ...heads],
    texts: 3,
    rows: results.map((result) => [
      ...[result.models.join(', '), result.layer, result.pass, String(result.batch)].map(text),
      ...speed(result, peak),
      ...cells(result),
    ]),
  };
}

export function kernelTable(results: readonly KernelResult[], columns: readonly string[], peak: number): Table {
  const {heads, cells} = comparison(results, columns);
  return {
    title: 'Other kernels, milliseconds',
    head: ['kernel', 'case', 'GFLOP/s', '% of peak', ...heads],
    texts: 2,
    rows: results.map((result) => [
      ...[result.kernel, result.name].map(text),
      ...speed(result, peak),
      ...cells(result),
    ]),
  };
}

export function profileTable({model, batch, milliseconds, captured, steps, lines, overhead}: Profile): Table {
  const total = lines.reduce((sum, line) => sum + line.milliseconds, 0);
  const ofCaptured = captured === undefined ? '' : `${formatMilliseconds(captured)} ms captured, `;
  const step = `${formatMilliseconds(milliseconds)} ms, ${ofCaptured}${formatMilliseconds(total)} ms while profiled`;
  const {calls: count, tfjs, ours} = overhead;
  const idle = `${count} calls that do nothing: ${tfjs.toFixed(2)} us each for tfjs, ${ours.toFixed(2)} us for our part`;
  return {
    title: `A training step of ${model}, batch ${batch}: ${step}, mean of the middle half of ${steps} steps; ${idle}`,
    head: ['kernel', 'calls', 'ms', 'share'],
    texts: 1,
    rows: lines.map(({name, calls, milliseconds: ms}) => [
      ...[name, calls === undefined ? '' : String(calls), formatMilliseconds(ms), formatPercent(ms / total)].map(text),
    ]),
  };
}

/** Times of all columns that have one, and how many times as fast as each of the others the subject is. */
function comparison(results: readonly {milliseconds: Milliseconds}[], columns: readonly string[]) {
  const present = columns.filter((column) => results.some(({milliseconds}) => column in milliseconds));
  const others = present.includes(SUBJECT) ? present.filter((column) => column !== SUBJECT) : [];
  return {
    heads: [...present, ...others.map((column) => `x ${column}`)],
    cells: ({milliseconds}: {milliseconds: Milliseconds}): Cell[] => [
      ...present.map((column) => text(formatMilliseconds(milliseconds[column]))),
      ...others.map((column) => ratio(milliseconds[column] / milliseconds[SUBJECT])),
    ],
  };
}

/** GFLOP/s of the subject, and in percent of the peak. */
function speed({flops, milliseconds}: {flops?: number; milliseconds: Milliseconds}, peakGflops: number): Cell[] {
  if (!flops || !milliseconds[SUBJECT]) return [text(''), text('')];
  const gflops = flops / milliseconds[SUBJECT] / 1e6;
  return [text(gflops.toFixed(1)), text(formatPercent(gflops / peakGflops))];
}
