import {UsageError} from '../common/errors';
import {benchColdStarts} from './cold-start/bench';
import {benchCompiled, compiledModels} from './compiled/bench';
import {contestants} from './compiled/contestants';
import type {BenchOptions, ColdStartOptions} from './options';
import {peers} from './peers';
import {findAndNote} from './peers/present';
import {Progress} from './progress';
import {consoleTable} from './report/console';
import {tablesOf} from './report/tables';
import type {Results} from './results';

/** What serves as these do, of the peers that are asked for. */
async function findServing(names: readonly string[], results: Results): Promise<string[]> {
  const serving = names.filter((name) => name === 'wasm' || name === 'onnxruntime-web');
  return (await findAndNote(serving, results)).map(({peer}) => peer.name);
}

/** `--compiled`. */
export async function compiled({only, peers: names}: BenchOptions, results: Results): Promise<void> {
  const models = compiledModels.filter((name) => name.includes(only));
  if (models.length === 0) throw new UsageError(`no model of --compiled has '${only}' in its name`);
  const found = await findServing(names, results);
  const isThere = (column: string) => found.includes(column) || !peers.some(({name}) => name === column);
  const columns = Object.keys(contestants).filter(isThere);
  const progress = new Progress(models.length);
  for (const model of models) {
    progress.started(model);
    const result = await benchCompiled(model, columns);
    results.compiled.push(result);
    progress.done(model, result.milliseconds);
  }
  for (const table of tablesOf(results)) console.log(consoleTable(table));
}

/** `--cold-start`. */
export async function coldStart(
  {peers: names}: BenchOptions,
  given: ColdStartOptions,
  results: Results,
): Promise<void> {
  const found = await findServing(names, results);
  const progress = new Progress(2 * given.nodes.length);
  results.coldStarts = await benchColdStarts(given, found, progress);
  for (const table of tablesOf(results)) console.log(consoleTable(table));
}
