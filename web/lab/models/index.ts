/** Models outside the worker: in files, in the browser's storage, on their way to another worker. */
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {readModel} from './files';
import {assertFits} from './fit';
import {openKept} from './kept';
import type {ModelNote} from './types';

export {writeModel} from './files';
export {keepLast, keepModel, keptModels, noteLast, removeKept} from './kept';
export {type PackedModel, packModel} from './packed';

export interface FittingModel {
  model: LayersModel;
  note: ModelNote;
}

/** @throws Error where the files are no model, or one that does not classify digits; then nothing of it stays. */
export async function openFromFiles(files: readonly File[]): Promise<FittingModel> {
  const model = await readModel(files);
  const title = files.length === 1 ? files[0].name : (files.find(({name}) => name.endsWith('.json'))?.name ?? '');
  return fitting({model, note: {title, choice: undefined, accuracy: undefined}});
}

/** @throws Error where there is none of that name any more, or it does not classify digits. */
export async function openFromStorage(name: string): Promise<FittingModel> {
  return fitting(await openKept(name));
}

async function fitting(opened: FittingModel): Promise<FittingModel> {
  const {model, note} = opened;
  try {
    await assertFits(model, note.title);
  } catch (error) {
    for (const weight of model.weights) weight.dispose();
    throw error;
  }
  return opened;
}
