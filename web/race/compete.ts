/** A competitor: one backend at one task, in a thread that does nothing else. */
import {dispose, type Tensor} from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import {drawDigits} from 'mnist-wasm/mnist';
import {type Batch, BatchDataset} from 'mnist-wasm/training';
import {reasonOf} from '../../common/errors';
import {compileForClassification, findModel, findRecipe, missingForTraining, toExamples} from '../../recipes';
import {startBackend, threadsInUse} from '../lab/backends';
import {unpackModel} from '../lab/models/packed';
import {type Training, trainingOf} from '../lab/train';
import {texts} from '../texts';
import {measure} from './measure';
import {PHASES, type Phase, type Report, type Task} from './types';

/** Taken in turn: on a single batch the loss would soon be nothing, and with it the gradients. */
const BATCHES = 8;
/** Images whose probabilities are compared. */
const COMPARED = 32;

/** Runs a task to its end. Does not reject: what goes wrong is reported. */
export async function compete(task: Task, report: (report: Report) => void): Promise<void> {
  let model: LayersModel;
  try {
    const info = await startBackend(task.backend, task.threads);
    model = await createModel(task);
    report({kind: 'ready', info});
  } catch (error) {
    report({kind: 'unavailable', reason: reasonOf(error)});
    return;
  }
  const recipe = trainingOf(task.choice, task.network);
  const batches = await drawBatches(model, task.batchSize, recipe.loss);
  const steps: Record<Phase, () => Promise<unknown>> = {
    inference: cycling(batches, ({xs}) => read(model.predictOnBatch(xs) as Tensor)),
    // Gives the loss as a number: the step has been computed.
    training: cycling(batches, ({xs, ys}) => model.trainOnBatch(xs, ys)),
  };
  const isReady = () => (threadsInUse() ?? 1) >= (task.threads ?? 1);
  for (const phase of PHASES) {
    const onProgress = (imagesPerSecond: number | undefined) => report({kind: 'progress', phase, imagesPerSecond});
    try {
      if (phase === 'inference') await reportProbabilities(model, report);
      else prepareTraining(task, model, recipe);
      const {batchSize: imagesPerStep, seconds} = task;
      const measured = await measure(steps[phase], {imagesPerStep, seconds, onProgress, isReady});
      report({kind: 'measured', phase, measured: {...measured, threads: threadsInUse()}});
    } catch (error) {
      report({kind: 'cannot', phase, reason: reasonOf(error)});
    }
  }
  report({kind: 'done'});
}

function createModel({model, choice, seed}: Task): Promise<LayersModel> | LayersModel {
  if (model) return unpackModel(model);
  if (!choice) throw new Error(texts.race.noModel);
  return findModel(findRecipe(choice.recipe), choice.model).build(seed);
}

async function drawBatches(model: LayersModel, batchSize: number, loss: Training['loss']): Promise<Batch[]> {
  const all = toExamples(model, drawDigits({count: BATCHES * batchSize}), loss);
  const batches: Batch[] = [];
  for await (const batch of await new BatchDataset(all, batchSize).iterator()) batches.push(batch);
  dispose([all.xs, all.ys]);
  return batches;
}

function cycling(batches: Batch[], step: (batch: Batch) => Promise<unknown>): () => Promise<unknown> {
  let next = 0;
  return () => step(batches[next++ % batches.length]);
}

async function reportProbabilities(model: LayersModel, report: (report: Report) => void): Promise<void> {
  report({kind: 'progress', phase: 'inference', imagesPerSecond: undefined});
  const {xs, ys} = toExamples(model, drawDigits({count: COMPARED}));
  const values = await read(model.predictOnBatch(xs) as Tensor);
  dispose([xs, ys]);
  report({kind: 'probabilities', values});
}

async function read(output: Tensor): Promise<Float32Array> {
  const values = (await output.data()) as Float32Array;
  output.dispose();
  return values;
}

function prepareTraining({backend}: Task, model: LayersModel, {optimizer, loss}: Training) {
  const missing = missingForTraining(backend, model);
  if (missing !== undefined) throw new Error(texts.race.noKernel(missing));
  compileForClassification(model, optimizer, loss);
}
