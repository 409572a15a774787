import {epochsIn, type TrainingHistory} from '../../recipes';

const METRICS = ['loss', 'accuracy', 'val_loss', 'val_accuracy'];

/** One epoch; null where the run did not measure it. */
export type EpochFigures = Record<string, number | null>;

/** The figures of each whole epoch: its number from 1, its wall time, and Keras's four. */
export function epochFigures(history: TrainingHistory, epochSeconds: number[]): EpochFigures[] {
  return Array.from({length: epochsIn(history)}, (_, i) => {
    const metrics = METRICS.map((name) => [name, history[name]?.[i] ?? null]);
    return {epoch: i + 1, seconds: epochSeconds[i] ?? null, ...Object.fromEntries(metrics)};
  });
}

/** As CSV (RFC 4180): a header line, then a line for each epoch; what was not measured is empty. */
export function historyCsv(history: TrainingHistory, epochSeconds: number[]): string {
  const rows = epochFigures(history, epochSeconds).map((figures) => Object.values(figures));
  const lines = [['epoch', 'seconds', ...METRICS], ...rows].map((row) => row.map((cell) => cell ?? '').join(','));
  return lines.map((line) => `${line}\r\n`).join('');
}

/** As JSON: a list with an object for each epoch. */
export function historyJson(history: TrainingHistory, epochSeconds: number[]): string {
  return `${JSON.stringify(epochFigures(history, epochSeconds), null, 2)}\n`;
}
