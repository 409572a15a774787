import {existsSync} from 'node:fs';
import {readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {dispose, io, type NamedTensorMap, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {fileSystem} from 'mnist-wasm/node';
import {UsageError} from '../../common/errors';
import {restoreScalars, scalarsOf, type TrainingState} from '../../recipes';
import {RunError} from '../errors';
import type {TrainOptions} from '../options';

/** The options that make up a run, and that it keeps when it is taken up again. */
const KEPT = [
  'model',
  'optimizer',
  'epochs',
  'batchSize',
  'learningRate',
  'validationSplit',
  'seed',
  'data',
  'trainSize',
  'testSize',
] as const;

/** What is kept of a run beside the weights of model and optimizer. */
export interface Checkpoint {
  format: 2;
  recipe: string;
  options: Pick<TrainOptions, (typeof KEPT)[number]>;
  /** The description of the data that it is trained on. */
  data: string;
  state: TrainingState;
  /** What is no weight of the optimizer to tfjs. */
  scalars: Record<string, number>;
}

/**
 * The checkpoint of a run, in its output folder: a model in the TensorFlow.js layers format with its optimizer, and the
 * rest in the model's own metadata, so that one file's rename replaces all of it.
 */
export class CheckpointFolder {
  private readonly folder: string;

  constructor(private readonly out: string) {
    this.folder = path.join(out, 'checkpoint');
  }

  exists(): boolean {
    return existsSync(path.join(this.folder, 'model.json'));
  }

  async save(model: LayersModel, progress: Omit<Checkpoint, 'format' | 'scalars'>): Promise<void> {
    const checkpoint: Checkpoint = {format: 2, ...progress, scalars: await scalarsOf(model.optimizer)};
    const target = fileSystem(this.folder);
    const save: io.SaveHandler = async (artifacts) => {
      if (!target.save) throw new Error('expected a handler that saves');
      return target.save({...artifacts, userDefinedMetadata: {checkpoint}});
    };
    await model.save({save}, {includeOptimizer: true});
  }

  /** @throws UsageError where there is none. */
  assertExists(): void {
    if (this.exists()) return;
    throw new UsageError(
      `there is no unfinished run in ${this.out}: nothing to resume; leave --resume out to begin one`,
    );
  }

  /** @throws UsageError where there is none; RunError where it cannot be read. */
  async load(): Promise<LoadedCheckpoint> {
    this.assertExists();
    const {artifacts, tensors} = await loadWeights(this.folder);
    try {
      return new LoadedCheckpoint(this.checked(artifacts.userDefinedMetadata), tensors, artifacts.weightSpecs ?? []);
    } catch (error) {
      dispose(tensors.map(({tensor}) => tensor));
      throw error;
    }
  }

  private checked(metadata: object | undefined): Checkpoint {
    const {checkpoint} = (metadata ?? {}) as {checkpoint?: Checkpoint};
    if (checkpoint?.format === 2) return checkpoint;
    throw new RunError(`${this.folder} holds no checkpoint that this version can read; --overwrite begins anew`);
  }

  /** What is kept beside the weights; they are not read. @throws RunError */
  async read(): Promise<Checkpoint> {
    const text = await readFile(path.join(this.folder, 'model.json'), 'utf8');
    return this.checked((JSON.parse(text) as io.ModelJSON).userDefinedMetadata);
  }

  async remove(): Promise<void> {
    await rm(this.folder, {recursive: true, force: true});
  }
}

export interface NamedWeight {
  name: string;
  tensor: Tensor;
}

export class LoadedCheckpoint {
  constructor(
    readonly checkpoint: Checkpoint,
    private readonly tensors: NamedWeight[],
    private readonly specs: io.WeightsManifestEntry[],
  ) {}

  /** Gives a model of the same recipe, and its optimizer, what they had; nothing is kept here. */
  async restore(model: LayersModel): Promise<void> {
    const ofOptimizer = new Set(this.specs.filter(({group}) => group === 'optimizer').map(({name}) => name));
    model.setWeights(this.tensors.filter(({name}) => !ofOptimizer.has(name)).map(({tensor}) => tensor));
    await model.optimizer.setWeights(this.tensors.filter(({name}) => ofOptimizer.has(name)));
    restoreScalars(model.optimizer, this.checkpoint.scalars);
    this.dispose();
  }

  dispose(): void {
    dispose(this.tensors.map(({tensor}) => tensor));
  }
}

/** A saved model's weights, in their order; the caller disposes them. */
export async function loadWeights(folder: string): Promise<{artifacts: io.ModelArtifacts; tensors: NamedWeight[]}> {
  const artifacts = await fileSystem(folder).load?.();
  if (!artifacts?.weightSpecs || !artifacts.weightData) throw new RunError(`there are no weights in ${folder}`);
  const byName: NamedTensorMap = io.decodeWeights(artifacts.weightData, artifacts.weightSpecs);
  return {artifacts, tensors: artifacts.weightSpecs.map(({name}) => ({name, tensor: byName[name]}))};
}

export function keptOptions(options: TrainOptions): Checkpoint['options'] {
  return Object.fromEntries(KEPT.map((name) => [name, options[name]]));
}

/**
 * The options that a run goes on with: its own.
 *
 * @throws UsageError where another value is given for one of them.
 */
export function resumedOptions(given: TrainOptions, recipe: string, checkpoint: Checkpoint): TrainOptions {
  if (checkpoint.recipe !== recipe) {
    throw new UsageError(`the unfinished run is of the recipe ${checkpoint.recipe}, not ${recipe}`);
  }
  for (const name of KEPT) {
    const kept = checkpoint.options[name];
    if (given[name] !== undefined && given[name] !== kept) {
      const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      const before = kept === undefined ? `without ${flag}` : `with ${flag} ${kept}`;
      throw new UsageError(`${flag} ${given[name]}: the run that --resume goes on with was begun ${before}`);
    }
  }
  return {...given, ...checkpoint.options};
}
