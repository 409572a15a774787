import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {UsageError} from '../../common/errors';
import {epochsIn, findRecipe, runTitle} from '../../recipes';
import {quoted} from '../quoted';
import {CheckpointFolder} from './checkpoint';
import {parseRecord, type RunRecord} from './record';
import {dataTitle} from './titles';

/** What the list of runs shows of one. */
export interface RunSummary {
  /** The name of its folder. */
  name: string;
  title: string;
  data: string | null;
  status: RunRecord['status'] | 'unfinished';
  epochs: number;
  accuracy: number | null;
  loss: number | null;
  seconds: number;
  optimizer: string | null;
  seed: number | null;
  /** When it ended, ISO 8601; null where it has not. */
  date: string | null;
}

/**
 * The runs in a folder, those that ended last first, then those that have not ended; of a run's own folder that run.
 *
 * @throws UsageError where there is no such folder.
 */
export async function listRuns(folder: string): Promise<RunSummary[]> {
  const own = await summary(path.dirname(folder), path.basename(folder));
  if (own !== undefined) return [own];
  const names = await readdir(folder, {withFileTypes: true}).catch((error: NodeJS.ErrnoException) => {
    const reason =
      error.code === 'ENOENT' ? 'there is no such folder' : error.code === 'ENOTDIR' ? 'it is a file' : error.message;
    throw new UsageError(`cannot list the runs in ${quoted(folder)}: ${reason}`, {cause: error});
  });
  const found = await Promise.all(names.filter((entry) => entry.isDirectory()).map(({name}) => summary(folder, name)));
  return found
    .filter((run) => run !== undefined)
    .sort((a, b) => (b.date ?? '').localeCompare(a.date ?? '') || a.name.localeCompare(b.name));
}

async function summary(folder: string, name: string): Promise<RunSummary | undefined> {
  const place = path.join(folder, name);
  const record = await readFile(path.join(place, 'run.json'), 'utf8').then(
    (text) => parseRecord(text),
    () => undefined,
  );
  if (record) return ofRecord(name, record);
  return existsSync(path.join(place, 'checkpoint', 'model.json')) ? ofCheckpoint(name, place) : undefined;
}

function ofRecord(name: string, record: RunRecord): RunSummary {
  const {status, test, trainingSeconds, optimizer, seed, date} = record;
  return {
    name,
    title: runTitle(record),
    data: dataTitle(record),
    status,
    epochs: epochsIn(record.history),
    accuracy: test.accuracy,
    loss: test.loss,
    seconds: trainingSeconds,
    optimizer,
    seed,
    date,
  };
}

async function ofCheckpoint(name: string, place: string): Promise<RunSummary | undefined> {
  const checkpoint = await new CheckpointFolder(place).read().catch(() => undefined);
  if (!checkpoint) return undefined;
  const {recipe, options, state} = checkpoint;
  return {
    name,
    title: findRecipe(recipe).title,
    data: null,
    status: 'unfinished',
    epochs: epochsIn(state.history),
    accuracy: null,
    loss: null,
    seconds: state.seconds,
    optimizer: options.optimizer ?? null,
    seed: options.seed ?? null,
    date: null,
  };
}
