import path from 'node:path';
import {version_core} from '@tensorflow/tfjs-core';
import {fileSystem, ModelFileError, writeFileAtomic} from 'mnist-wasm/node';
import pc from 'picocolors';
import {reportPage} from '../report/page';
import {activateBackend, assertTrainsConvolutions} from './backend';
import {subset} from './batches';
import {loadData} from './data';
import {RunError, UsageError} from './errors';
import {evaluate} from './evaluation';
import {assertWritable} from './files';
import {count, duration, percent} from './format';
import {type Interruption, onInterrupt} from './interrupt';
import {parseTrainOptions, type TrainOptions} from './options';
import {downloadProgress, metricFigures, TrainingProgress} from './progress';
import {compileForClassification, type Recipe} from './recipe';
import {packageVersion, type Run, type RunRecord, runRecord} from './record';
import {classTable} from './table';
import {type EpochProgress, epochsIn, type TrainingResult, trainModel} from './training';

/**
 * A training run from the command line to the report.
 *
 * @returns the exit code: 0 done, 1 failed, 2 a wrong flag or value, 130 or 143 stopped by a signal.
 */
export async function runRecipe(recipe: Recipe, args: string[]): Promise<number> {
  try {
    const options = parseTrainOptions(recipe, args, packageVersion());
    return options === undefined ? 0 : await train(recipe, options);
  } catch (error) {
    const expected = [UsageError, RunError, ModelFileError].some((type) => error instanceof type);
    const text = error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`${pc.red('error:')} ${text}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function train(recipe: Recipe, options: TrainOptions): Promise<number> {
  await prepareOutput(options);
  const run = await prepare(recipe, options);
  print(description(run));

  const progress = new TrainingProgress(options.epochs, process.stdout);
  const interruption = onInterrupt(() => {
    progress.stop();
    print('Stopping after this batch; the model so far is kept. A second Ctrl-C ends at once.');
  });
  const training = await trainUntil(interruption, run, progress);
  assertTrained(training);
  if (training.partialEpoch) print(`Stopped ${stoppedAt(training.partialEpoch)}`);

  const model = path.join(options.out, 'model');
  await run.model.save(fileSystem(model));
  const metrics = await evaluate(run.model, run.data.test);
  const record = runRecord(run, training, metrics);
  print(`\n${classTable(record.test)}\n${conclusion(record)}`);

  const report = path.join(options.out, 'report.html');
  await writeFileAtomic(report, reportPage(record, metrics.mistakes, run.data.test));
  if (options.json !== undefined) await writeFileAtomic(options.json, `${JSON.stringify(record, null, 2)}\n`);
  print(`Model   ${path.join(model, 'model.json')}\nReport  ${report}`);
  if (training.status === 'diverged') throw new RunError(divergence(training));
  return training.status === 'interrupted' ? (interruption.exitCode() ?? 1) : 0;
}

/** Fails now, not after minutes of training, where the results could not be written. */
async function prepareOutput({out, json}: TrainOptions): Promise<void> {
  const folders = [{flag: '--out', folder: out}];
  if (json !== undefined) folders.push({flag: '--json', folder: path.dirname(json)});
  for (const {flag, folder} of folders) {
    try {
      await assertWritable(folder);
    } catch (error) {
      throw new UsageError(`${flag}: cannot write to the folder ${folder}: ${(error as Error).message}`);
    }
  }
}

async function prepare(recipe: Recipe, options: TrainOptions): Promise<Run> {
  const backend = await activateBackend(options.backend);
  assertTrainsConvolutions(options.backend);
  const data = await loadData(options, downloadProgress(process.stdout));
  const held = Math.floor(data.train.size * options.validationSplit);
  const trained = data.train.size - held;
  const model = recipe.build(options.seed);
  compileForClassification(model, options.learningRate);
  return {
    recipe,
    options,
    data,
    train: subset(data.train, 0, trained),
    validation: held > 0 ? subset(data.train, trained, data.train.size) : undefined,
    backend,
    model,
  };
}

async function trainUntil(
  interruption: Interruption,
  {model, train, validation, options}: Run,
  observer: TrainingProgress,
): Promise<TrainingResult> {
  try {
    const {epochs, batchSize, learningRate, seed} = options;
    const {signal} = interruption;
    const result = await trainModel(model, {
      train,
      validation,
      epochs,
      batchSize,
      learningRate,
      seed,
      signal,
      observer,
    });
    if (result.status === 'finished') interruption.release();
    return result;
  } finally {
    observer.stop();
  }
}

function assertTrained(training: TrainingResult): void {
  if (training.status === 'diverged' && epochsIn(training.history) === 0) throw new RunError(divergence(training));
}

function stoppedAt({epoch, step, steps, images: _images, ...means}: EpochProgress): string {
  return `in epoch ${epoch} after ${step} of ${steps} batches: ${metricFigures(means).join(', ')}`;
}

function divergence({history, partialEpoch}: TrainingResult): string {
  const good = epochsIn(history);
  const where = partialEpoch ? `in batch ${partialEpoch.step} of epoch ${partialEpoch.epoch}` : `after epoch ${good}`;
  const kept = good === 0 ? 'nothing was saved' : `the model of epoch ${good} was saved`;
  return `training diverged ${where}: the loss or a weight is NaN or infinite; ${kept}; try a smaller --learning-rate`;
}

function description({recipe, options, data, train, validation, backend, model}: Run): string {
  const level = backend.featureLevel === null ? '' : `, ${backend.featureLevel}`;
  const held = validation ? `, ${count(validation.size)} held out to validate` : '';
  return [
    `${pc.bold(recipe.title)}  ${count(model.countParams())} parameters`,
    `Data     ${data.description}`,
    `         trained on ${count(train.size)}${held}`,
    `Backend  ${backend.name}${level} (TensorFlow.js ${version_core}, Node.js ${process.versions.node})`,
    `Run      ${options.epochs} epochs, batch ${options.batchSize}, Adam ${options.learningRate} falling to 0, seed ${options.seed}`,
    '',
  ].join('\n');
}

function conclusion({test, trainingSeconds, millisecondsPerStep: step}: RunRecord): string {
  const time = step === null ? '' : `, ${step.toFixed(2)} ms a step`;
  return [
    `Test    accuracy ${pc.bold(percent(test.accuracy))} (${count(test.correct)} of ${count(test.total)}), ` +
      `loss ${test.loss.toFixed(4)}`,
    `Time    ${duration(trainingSeconds)} of training${time}`,
  ].join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
