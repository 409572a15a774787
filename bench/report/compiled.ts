import {count} from '../../common/format';
import {sum} from '../../common/statistics';
import {COMPILED, type ColdStart} from '../cold-start/bench';
import type {CompiledResult} from '../compiled/bench';
import {formatMilliseconds} from './format';
import {ratio, type Table, text} from './table';

/** Compared with these. */
const PEERS = ['onnxruntime-web', 'wasm'];
const isOfModule = (column: string) => column.startsWith('compiled, ');

/** Predictions of compiled models. */
export function compiledTable(results: readonly CompiledResult[]): Table {
  const columns = Object.keys(results[0]?.milliseconds ?? {});
  const pairs = PEERS.filter((peer) => columns.includes(peer)).flatMap((peer) =>
    columns.filter(isOfModule).map((column) => ({column, peer})),
  );
  return {
    title: 'Compiled models: a prediction at batch 1, milliseconds',
    note: "`compiled, level x peer`: the peer's time divided by that of the compiled module.",
    head: ['model', ...columns, ...pairs.map(({column, peer}) => `${column} x ${peer}`)],
    texts: 1,
    rows: results.map(({model, milliseconds}) => [
      text(model),
      ...columns.map((column) => text(formatMilliseconds(milliseconds[column]))),
      ...pairs.map(({column, peer}) => ratio(milliseconds[peer] / milliseconds[column])),
    ]),
  };
}

/** The sizes of the modules. */
export function moduleTable(results: readonly CompiledResult[]): Table {
  const levels = Object.keys(results[0]?.sizes ?? {});
  return {
    title: 'Compiled models: the size of the module, bytes',
    head: ['model', ...levels.flatMap((level) => [level, `${level}: of it code`])],
    texts: 1,
    rows: results.map(({model, sizes}) => [
      text(model),
      ...levels.flatMap((level) => [text(count(sizes[level].all)), text(count(sizes[level].code))]),
    ]),
  };
}

const nameOf = ({node, isBundled}: ColdStart) => `Node ${node}${isBundled ? ', bundled' : ''}`;

/** Starts of each program. */
export function coldStartTable(results: readonly ColdStart[]): Table {
  const programs = Object.keys(results[0]?.programs ?? {});
  return {
    title: `Cold start: from the start of the process to LeNet's first prediction, milliseconds beyond an empty script`,
    note: `Medians of ${results[0]?.starts} starts each, one program after another.`,
    head: ['program', ...results.map(nameOf)],
    texts: 1,
    rows: [
      [text('an empty script takes'), ...results.map(({empty}) => text(empty.toFixed(1)))],
      ...programs.map((name) => [
        text(DESCRIPTIONS[name] ?? name),
        ...results.map(({programs: times}) => ({
          text: times[name].toFixed(1),
        })),
      ]),
    ],
  };
}

const DESCRIPTIONS: Record<string, string> = {
  [COMPILED]: 'a compiled module, by its loader',
  'mnist-wasm': 'mnist-wasm with tfjs',
  native: 'mnist-wasm/native with tfjs',
  'tfjs-backend-wasm': 'tfjs-backend-wasm with tfjs',
};

/** From the first of these phases to the last of them, mnist-wasm becomes ready. */
const [IMPORT, READY] = ['import of mnist-wasm', 'model'];

/** Where the time of mnist-wasm's start goes. */
export function phaseTable(results: readonly ColdStart[]): Table {
  const names = Object.keys(results[0]?.phases ?? {});
  const own = names.slice(names.indexOf(IMPORT), names.indexOf(READY));
  const row = (title: string, of: (phases: Record<string, number>) => number) => [
    text(title),
    ...results.map(({phases}) => text(of(phases).toFixed(1))),
  ];
  return {
    title: 'Cold start of mnist-wasm with tfjs: where the time goes, milliseconds',
    note: 'Means over the middle half of the starts, which add up.',
    head: ['phase', ...results.map(nameOf)],
    texts: 1,
    rows: [
      ...names.map((name) => row(name, (phases) => phases[name] ?? 0)),
      row('all', (phases) => sum(Object.values(phases))),
      row(`of it mnist-wasm's own, from import to ready`, (phases) => sum(own.map((name) => phases[name] ?? 0))),
    ],
  };
}
