import type {Run} from '../../lab/compare/types';
import {texts} from '../../texts';

const WORDS: Readonly<Record<string, (run: Run) => string>> = {
  optimizer: ({optimizer}) => texts.compare.settings.optimizer(optimizer),
  learningRate: ({learningRate}) => texts.compare.settings.learningRate(learningRate),
  batchSize: ({batchSize}) => texts.compare.settings.batchSize(batchSize),
  epochs: ({epochs, before, stopped}) => texts.compare.settings.epochs(epochs, before, stopped),
  images: ({source, images}) => texts.compare.settings.images(source, images),
  backend: ({backend, threads}) => texts.compare.settings.backend(backend, threads),
};

/** The settings of each run in words: those in which the runs differ; all of them where there is one run. */
export function differences(runs: readonly Run[]): string[] {
  const telling = Object.values(WORDS).filter((words) => runs.length === 1 || new Set(runs.map(words)).size > 1);
  return runs.map((run) => telling.map((words) => words(run)).join(', '));
}
