import type {ModelResult} from '../models';
import type {Milliseconds} from '../peers/peer';
import type {KernelResult, LayerResult, Results} from '../results';
import {CAPTURED, SUBJECT, subjectsBeside} from '../subject';
import {coldStartTable, compiledTable, moduleTable, phaseTable} from './compiled';
import {formatMilliseconds, formatPercent} from './format';
import {profileTables} from './profile';
import {type Cell, ratio, type Table, text} from './table';

/** All tables that there are results for. */
export function tablesOf(results: Results): Table[] {
  const {models, layers, kernels, columns, peakGflops, compiled, coldStarts} = results;
  const training = models.filter(({task}) => task === 'training step');
  const inference = models.filter(({task}) => task === 'inference');
  return [
    modelTable('Training step', training, columns),
    modelTable('Inference', inference, columns),
    layerTable(layers, columns, peakGflops),
    kernelTable(kernels, columns, peakGflops),
    ...tablesOfProfiles(results),
    ...(compiled.length > 0 ? [compiledTable(compiled), moduleTable(compiled)] : []),
    ...(coldStarts.length > 0 ? [coldStartTable(coldStarts), phaseTable(coldStarts)] : []),
  ].filter(({rows}) => rows.length > 0);
}

export function tablesOfProfiles({profiles, peakGflops, threads, memorySpeed}: Results): Table[] {
  const bounds = {peakGflops: peakGflops * threads, memory: memorySpeed};
  return profiles.flatMap((profile) => profileTables(profile, bounds));
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

/** Times of all columns that have one, and how many times as fast as each of the others the subject beside it is, captured or not. */
function comparison(results: readonly {milliseconds: Milliseconds}[], columns: readonly string[]) {
  const present = columns.filter((column) => results.some(({milliseconds}) => column in milliseconds));
  const pairs = [SUBJECT, CAPTURED].flatMap((own) =>
    present.flatMap((column) =>
      subjectsBeside(column)
        .filter((beside) => present.includes(beside) && (beside === CAPTURED) === (own === CAPTURED))
        .map((beside) => ({column, beside})),
    ),
  );
  return {
    heads: [...present, ...pairs.map(({column, beside}) => `${beside === CAPTURED ? 'captured ' : ''}x ${column}`)],
    cells: ({milliseconds}: {milliseconds: Milliseconds}): Cell[] => [
      ...present.map((column) => text(formatMilliseconds(milliseconds[column]))),
      ...pairs.map(({column, beside}) => ratio(milliseconds[column] / milliseconds[beside])),
    ],
  };
}

/** GFLOP/s of the subject, and in percent of the peak. */
function speed({flops, milliseconds}: {flops?: number; milliseconds: Milliseconds}, peakGflops: number): Cell[] {
  if (!flops || !milliseconds[SUBJECT]) return [text(''), text('')];
  const gflops = flops / milliseconds[SUBJECT] / 1e6;
  return [text(gflops.toFixed(1)), text(formatPercent(gflops / peakGflops))];
}
