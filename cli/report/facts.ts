import {count, duration, percent} from '../../common/format';
import {epochsIn} from '../../recipes';
import {backendTitle} from '../backend-title';
import type {RunRecord} from '../run/record';
import {escapeHtml} from './html';

type Fact = [name: string, value: string];

/** What came out, large; then what was trained and how. */
export function facts(record: RunRecord): string {
  const {data, test, millisecondsPerStep: step} = record;
  const results: Fact[] = [
    ['Test accuracy', percent(test.accuracy)],
    ['Test loss', test.loss.toFixed(4)],
    ['Training step', step === null ? 'none' : `${step.toFixed(1)} ms`],
    ['Training time', duration(record.trainingSeconds)],
  ];
  const settings: Fact[] = [
    ['Epochs', epochs(record)],
    ['Batch size', count(record.batchSize)],
    ['Optimizer', record.optimizer],
    ['Learning rate', `${record.learningRate}${record.decays ? ', falling to 0' : ''}`],
    ['Training images', count(data.train)],
    ['Validation images', count(data.validation)],
    ['Test images', `${count(data.test)}, ${count(test.total - test.correct)} wrong`],
    ['Seed', String(record.seed)],
  ];
  if (record.stages.length > 1) {
    for (const {title, accuracy} of record.stages) settings.push([`After the stage: ${title}`, percent(accuracy)]);
  }
  if (record.variant !== undefined) settings.unshift(['Variant', record.variant]);
  return `<section><h2>Results</h2>${list(results, settings)}</section>`;
}

/** On what the run was done, and how to do it again. */
export function environment(record: RunRecord, heading = 'Environment'): string {
  const {environment: machine, versions, command} = record;
  const items: Fact[] = [
    ['Backend', backendTitle(record.backend, record.featureLevel, record.threads)],
    ['Processor', machine.cpu],
    ['Cores', String(machine.cores)],
    ['System', machine.system],
    ['Node.js', versions.node],
    ['TensorFlow.js', versions.tfjs],
    ['mnist-wasm', versions['mnist-wasm']],
    ['Ended', `${record.date.slice(0, 16).replace('T', ' ')} UTC`],
  ];
  const repeat = command && `<p class="command"><code>${escapeHtml(command)}</code></p>`;
  return `<section><h2>${escapeHtml(heading)}</h2>${list([], items)}${repeat && `\n<p>To repeat the run:</p>${repeat}`}</section>`;
}

/** What a reader must know before the figures; empty for a run that was finished in one go. */
export function notices(record: RunRecord): string {
  return [statusNotice(record), resumedNotice(record)]
    .filter((text) => text !== '')
    .map((text) => `<p class="notice">${escapeHtml(text)}</p>`)
    .join('\n');
}

function statusNotice({status, partialEpoch, epochs: planned, history}: RunRecord): string {
  if (status === 'finished') return '';
  const done = `${epochsIn(history)} of ${planned} epochs`;
  if (status === 'diverged') {
    return `Training diverged: the loss or a weight was no longer finite. All figures are those of the last good model, after ${done}.`;
  }
  const rest = partialEpoch ? ` and ${partialEpoch.step} of ${partialEpoch.steps} batches of the next` : '';
  return `Training was interrupted after ${done}${rest}. All figures are those of the model as it was then.`;
}

function resumedNotice({resumed}: RunRecord): string {
  if (resumed === 0) return '';
  return `The run was taken up again ${resumed === 1 ? 'once' : `${resumed} times`} from a checkpoint.`;
}

function epochs({history, epochs: planned, stoppedEarly, bestEpoch}: RunRecord): string {
  const best = bestEpoch === null ? '' : `, weights of epoch ${bestEpoch}`;
  return `${epochsIn(history)} of ${planned}${stoppedEarly ? ', stopped early' : ''}${best}`;
}

function list(large: Fact[], small: Fact[]): string {
  const item = ([name, value]: Fact, attribute: string) =>
    `<div${attribute}><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`;
  const items = [...large.map((fact) => item(fact, ' class="first"')), ...small.map((fact) => item(fact, ''))];
  return `<dl class="facts">${items.join('\n')}</dl>`;
}
