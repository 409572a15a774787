import {version_core} from '@tensorflow/tfjs-core';
import pc from 'picocolors';
import {count, duration, percent, threadsInWords} from '../../common/format';
import {type EpochProgress, epochsIn, runTitle, type Stage, type TrainingState, variantOf} from '../../recipes';
import {backendTitle} from '../backend-title';
import {metricFigures} from '../progress';
import {classTable} from '../terminal/class-table';
import type {TrainingPlan} from './plan';
import type {Run, RunRecord} from './record';

/** What is trained on what, before it begins. */
export function description({plan, data, train, validation, backend, model}: Run): string {
  const validated = !validation
    ? ''
    : plan.validation?.on === 'test'
      ? ', validated on the test images'
      : `, ${count(validation.size)} held out to validate`;
  return [
    `${pc.bold(runTitle({title: plan.recipe.title, variant: variantOf(plan.recipe, plan.model)}))}  ${count(model.countParams())} parameters`,
    `Data     ${data.description}`,
    `         trained on ${count(train.size)}${validated}`,
    `Backend  ${backendTitle(backend.name, backend.featureLevel)} (TensorFlow.js ${version_core}, Node.js ${process.versions.node})`,
    `Run      ${runFigures(plan, model.optimizer.getClassName(), validation !== undefined)}`,
    '',
  ].join('\n');
}

function runFigures(
  {stages, optimizer, seed, recipe}: TrainingPlan,
  optimizerName: string,
  isValidated: boolean,
): string {
  const epochs = stages.map((stage) => `${epochsInWords(stage.epochs)}, batch ${stage.batchSize}`).join(', then ');
  const rate = `${optimizerName} ${optimizer.learningRate}${optimizer.decays ? ' falling to 0' : ''}`;
  const early = recipe.earlyStopping && isValidated ? `, early stopping by ${recipe.earlyStopping.monitor}` : '';
  return `${epochs}, ${rate}${early}, seed ${seed}`;
}

function epochsInWords(epochs: number): string {
  return epochs === 1 ? '1 epoch' : `${count(epochs)} epochs`;
}

/** The heading of a stage, where there are several. */
export function stageLine({title, epochs, batchSize}: Stage, position: number, {stages}: TrainingPlan): string {
  return pc.bold(`Stage ${position + 1} of ${stages.length}: ${title}, ${epochsInWords(epochs)}, batch ${batchSize}`);
}

export function stoppedAt({epoch, step, steps, images: _images, ...means}: EpochProgress): string {
  return `in epoch ${epoch} after ${step} of ${steps} batches: ${metricFigures(means).join(', ')}`;
}

export function divergence({history, partialEpoch}: TrainingState): string {
  const good = epochsIn(history);
  const where = partialEpoch ? `in batch ${partialEpoch.step} of epoch ${partialEpoch.epoch}` : `after epoch ${good}`;
  const kept = good === 0 ? 'nothing was saved' : `the model of epoch ${good} was saved`;
  return `training diverged ${where}: the loss or a weight is NaN or infinite; ${kept}; try a smaller --learning-rate`;
}

/** The figures of a run that has ended. */
export function conclusion(record: RunRecord): string {
  const {test, trainingSeconds, millisecondsPerStep: step, bestEpoch, stages, threads} = record;
  const time = step === null ? '' : `, ${step.toFixed(2)} ms a step`;
  const stopped = record.stoppedEarly ? `stopped early after epoch ${epochsIn(record.history)}; ` : '';
  const lines = [classTable(test)];
  if (stages.length > 1) {
    lines.push(...stages.map(({title, accuracy}) => `Stage   ${title}: test accuracy ${percent(accuracy)}`));
  }
  if (bestEpoch !== null) lines.push(`Best    ${stopped}the weights are those of epoch ${bestEpoch}`);
  lines.push(
    `Test    accuracy ${pc.bold(percent(test.accuracy))} (${count(test.correct)} of ${count(test.total)}), ` +
      `loss ${test.loss.toFixed(4)}`,
    `Time    ${duration(trainingSeconds)} of training${time}${threads === null ? '' : `, ${threadsInWords(threads)}`}`,
  );
  return lines.join('\n');
}
