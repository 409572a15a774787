/** Models in the browser's own storage (IndexedDB), which outlives the page. */
import {io} from '@tensorflow/tfjs-core';
import {type LayersModel, loadLayersModel} from '@tensorflow/tfjs-layers';
import {createStore, del, entries, get, set} from 'idb-keyval';
import {checkedNetwork} from '../../network/check';
import type {NetworkSpec} from '../../network/spec';
import {texts} from '../../texts';
import type {KeptModel, ModelNote} from './types';

/** tfjs keeps the models of a host's pages in one place: ours are in a folder of their own. */
const FOLDER = 'indexeddb://mnist-wasm/';
const LAST = 'Last training';
const MAX_NAME = 60;

/** What tfjs's list of models has no room for. */
const notes = () => createStore('mnist-wasm-models', 'notes');

/** @throws Error where the name is none, or there is no room. */
export async function keepModel(model: LayersModel, name: string, note: ModelNote): Promise<void> {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > MAX_NAME || trimmed.includes('://')) {
    throw new Error(texts.models.badName(name, MAX_NAME));
  }
  try {
    await model.save(FOLDER + trimmed);
    await set(trimmed, note, notes());
  } catch (error) {
    const {name: kind, message} = error as DOMException;
    const reason = kind === 'QuotaExceededError' ? texts.models.noRoom : message;
    throw new Error(texts.models.notKept(reason), {cause: error});
  }
}

/**
 * Keeps the model as that of the last training, in place of the one before, so that a closed page loses nothing.
 * @returns why it could not be kept, undefined where it was; it does not reject.
 */
export async function keepLast(model: LayersModel, note: ModelNote): Promise<string | undefined> {
  try {
    await keepModel(model, LAST, note);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Tells more of the model that `keepLast` kept. */
export async function noteLast(note: ModelNote): Promise<void> {
  await set(LAST, note, notes());
}

/** All of them, the latest first. */
export async function keptModels(): Promise<KeptModel[]> {
  const [models, noted] = await Promise.all([io.listModels(), entries<string, ModelNote>(notes())]);
  const byName = new Map(noted);
  return Object.entries(models)
    .filter(([url]) => url.startsWith(FOLDER))
    .map(([url, {dateSaved, modelTopologyBytes = 0, weightDataBytes = 0}]) => {
      const name = url.slice(FOLDER.length);
      const bytes = modelTopologyBytes + weightDataBytes;
      return {...noteOr(name, byName.get(name)), name, automatic: name === LAST, saved: dateSaved, bytes};
    })
    .sort((a, b) => b.saved.getTime() - a.saved.getTime());
}

export async function openKept(name: string): Promise<{model: LayersModel; note: ModelNote}> {
  const note = noteOr(name, await get<ModelNote>(name, notes()));
  return {model: await loadLayersModel(FOLDER + name), note};
}

export async function removeKept(name: string): Promise<void> {
  await io.removeModel(FOLDER + name);
  await del(name, notes());
}

/** A model whose note was lost is still one, and one whose note is of a page before this. */
function noteOr(name: string, note: ModelNote | undefined): ModelNote {
  if (!note) return {title: name, choice: undefined, accuracy: undefined};
  return note.network ? {...note, network: knownNetwork(note.network)} : note;
}

/** A later page may know networks that this one does not: the model can be used, if not changed. */
function knownNetwork(network: NetworkSpec): NetworkSpec | undefined {
  try {
    return checkedNetwork(network);
  } catch {
    return undefined;
  }
}
