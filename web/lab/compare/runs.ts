import type {LayersModel} from '@tensorflow/tfjs-layers';
import {createStore, del, entries, get, set, type UseStore} from 'idb-keyval';
import {texts} from '../../texts';
import {type FittingModel, type PackedModel, packModel} from '../models';
import {unpackModel} from '../models/packed';
import type {KeptRun, Run} from './types';

/** Weights of more parameters are not kept, 4 bytes each. */
const MOST_PARAMETERS = 2_500_000;
/** Runs that are kept; the oldest goes first. */
const MOST_RUNS = 12;

/** The trainings of this browser, in its own storage. */
export class Runs {
  private stores: {notes: UseStore; weights: UseStore} | undefined;

  constructor(private readonly model: () => LayersModel | undefined) {}

  /** The latest first. */
  async all(): Promise<KeptRun[]> {
    const runs = await entries<number, KeptRun>(this.open().notes);
    return runs.map(([, run]) => run).sort((a, b) => b.id - a.id);
  }

  /**
   * Keeps a run, and the weights of the model in use.
   * @returns why its weights, or all of it, could not be kept; undefined where they were, or are too large.
   */
  async keep(run: Run): Promise<string | undefined> {
    const {notes} = this.open();
    try {
      const failed = await this.keepWeights(run);
      await set(run.id, {...run, hasWeights: run.parameters <= MOST_PARAMETERS && !failed}, notes);
      for (const {id} of (await this.all()).slice(MOST_RUNS)) await this.remove(id);
      return failed;
    } catch (error) {
      // Without its note nothing would lead to its weights.
      await this.remove(run.id).catch(() => {});
      return texts.compare.notKept((error as Error).message);
    }
  }

  async remove(id: number): Promise<void> {
    const {notes, weights} = this.open();
    await Promise.all([del(id, notes), del(id, weights)]);
  }

  /**
   * The network of a run as it was at its end.
   * @throws Error where its weights are not there.
   */
  async opened(id: number): Promise<FittingModel> {
    const {notes, weights} = this.open();
    const [run, packed] = await Promise.all([get<KeptRun>(id, notes), get<PackedModel>(id, weights)]);
    if (!run || !packed) throw new Error(texts.compare.noWeights);
    const {title, choice, network, accuracy, epochs} = run;
    return {model: await unpackModel(packed), note: {title, choice, network, accuracy, epochs}};
  }

  private async keepWeights({id, parameters}: Run): Promise<string | undefined> {
    const model = this.model();
    if (!model || parameters > MOST_PARAMETERS) return undefined;
    try {
      await set(id, await packModel(model), this.open().weights);
      return undefined;
    } catch (error) {
      return texts.compare.weightsNotKept((error as Error).message);
    }
  }

  private open() {
    this.stores ??= {
      notes: createStore('mnist-wasm-runs', 'runs'),
      weights: createStore('mnist-wasm-run-weights', 'weights'),
    };
    return this.stores;
  }
}
