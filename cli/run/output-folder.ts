import {existsSync} from 'node:fs';
import {readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {LockedError, lockFolder} from 'mnist-wasm/node';
import {UsageError} from '../../common/errors';
import {percent} from '../../common/format';
import {runTitle} from '../../recipes';
import {RunError} from '../errors';
import type {RunRecord} from './record';
import {dataTitle} from './titles';

/** What a run leaves in its folder beside its models. */
export const RESULTS = ['report.html', 'run.json', 'history.csv', 'history.json', 'curves.svg', 'curves.png'] as const;

/**
 * Keeps other trainings out of a run's folder.
 *
 * @returns what lets them in again.
 * @throws RunError where another one is training into it.
 */
export async function lockRun(out: string): Promise<() => Promise<void>> {
  try {
    return await lockFolder(out);
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    throw new RunError(`${error.message}; --name or --out gives this run a folder of its own`, {cause: error});
  }
}

/** @throws UsageError where the folder holds what a run has left. */
export async function assertFree(out: string): Promise<void> {
  if (existsSync(path.join(out, 'checkpoint', 'model.json'))) {
    throw new UsageError(`${out} holds an unfinished run: --resume goes on with it, --overwrite begins anew`);
  }
  if (!existsSync(path.join(out, 'run.json')) && !existsSync(path.join(out, 'model', 'model.json'))) return;
  const what = await readFile(path.join(out, 'run.json'), 'utf8').then(
    (text) => titleOf(JSON.parse(text) as RunRecord),
    () => 'a model',
  );
  throw new UsageError(`${out} holds ${what}: --overwrite replaces it, --name or --out keeps it`);
}

/**
 * Removes what an earlier run, or an earlier part of this one, has left: whatever ends this run, no report of another model stands
 * beside what it leaves.
 */
export async function clearResults(out: string, {isResumed}: {isResumed: boolean}): Promise<void> {
  const models = isResumed ? ['model'] : ['model', 'best', 'checkpoint'];
  // What tells of the models goes first.
  for (const name of [...RESULTS, ...models]) await rm(path.join(out, name), {recursive: true, force: true});
}

function titleOf(record: RunRecord): string {
  const {status, test, date} = record;
  return `a run that is ${status} (${runTitle(record)} on ${dataTitle(record)}, ${percent(test.accuracy)}, ${date.slice(0, 10)})`;
}
