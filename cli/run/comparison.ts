import {count, duration, percent} from '../../common/format';
import {mean} from '../../common/statistics';
import {epochsIn} from '../../recipes';
import {backendTitle} from '../backend-title';
import type {RunRecord} from './record';
import {dataTitle} from './titles';

/** A figure of two runs. */
export type ComparisonRow = [name: string, a: string, b: string];

/** Accuracy, time and size of two runs, and what they were done on: where that differs, so may the times. */
export function comparisonRows(a: RunRecord, b: RunRecord): ComparisonRow[] {
  const figures: [string, (record: RunRecord) => string][] = [
    ['Test accuracy', ({test}) => percent(test.accuracy)],
    ['Test loss', ({test}) => test.loss.toFixed(4)],
    ['Parameters', ({model}) => count(model.parameters)],
    ['Epochs', epochs],
    ['Time an epoch', timeAnEpoch],
    ['Training time', ({trainingSeconds}) => duration(trainingSeconds)],
    ['Training step', ({millisecondsPerStep: step}) => (step === null ? '–' : `${step.toFixed(2)} ms`)],
    ['Batch size', ({batchSize}) => count(batchSize)],
    ['Training images', ({data}) => count(data.train)],
    ['Data', dataTitle],
    ['Backend', ({backend, featureLevel, threads}) => backendTitle(backend, featureLevel, threads)],
    ['Processor', ({environment}) => environment.cpu],
  ];
  return figures.map(([name, of]) => [name, of(a), of(b)]);
}

function epochs({history, epochs: planned, bestEpoch}: RunRecord): string {
  return `${epochsIn(history)} of ${planned}${bestEpoch === null ? '' : `, best ${bestEpoch}`}`;
}

function timeAnEpoch({epochSeconds}: RunRecord): string {
  return epochSeconds.length === 0 ? '–' : duration(mean(epochSeconds));
}
