import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {epochsIn, findRecipe, runTitle} from '../../recipes';
import {CheckpointFolder} from './checkpoint';
import type {RunRecord} from './record';
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

/** The runs in a folder, those that ended last first, then those that have not ended. */
export async function listRuns(folder: string): Promise<RunSummary[]> {
  const names = await readdir(folder, {withFileTypes: true}).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
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

function parseRecord(text: string): RunRecord | undefined {
  try {
    const record = JSON.parse(text) as Partial<RunRecord>;
    return record.test && record.history && record.title && record.date ? (record as RunRecord) : undefined;
  } catch {
    return undefined;
  }
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
