/** The trainings that are kept in this browser, and the one under way. */
import {computed, signal} from '@preact/signals';
import type {KeptRun, Run, RunPoint} from '../../lab/compare/types';
import {texts} from '../../texts';
import {lab} from '../lab';
import {showModel, takeModel, takeNetwork} from '../model-choice';
import {activity, announcement, backend, choice, data, during, experience, model, network, tell} from '../store';
import {threads} from '../threads';
import {afterTraining, points, progress, settings} from '../training-run';

/** Points of a curve that are kept. */
const MOST_POINTS = 120;

/** The latest first. */
export const runs = signal<readonly KeptRun[]>([]);
/** Those that the chart leaves out. */
export const hidden = signal<ReadonlySet<number>>(new Set());
/** Of the training under way. */
export const liveCurve = computed((): RunPoint[] => {
  const of = progress.value;
  if (!of || (activity.value !== 'training' && activity.value !== 'paused')) return [];
  return curveOf(of.before);
});

/** Begins to keep what trainings end with. */
export function followRuns(): void {
  refresh().catch(tell);
  afterTraining.add(async ({status, seconds}) => {
    if (status === 'diverged') return;
    const run = await describe(status === 'stopped', seconds);
    const failed = run && (await lab.runs.keep(run));
    await refresh();
    if (failed) tell(failed);
  });
}

async function describe(stopped: boolean, seconds: number): Promise<Run | undefined> {
  const [info, images, on] = [model.peek(), data.peek(), backend.peek()];
  const last = points.peek().at(-1);
  if (!info || !images || !on || !last) return undefined;
  const {epochs: wantedEpochs, learningRate, batchSize} = settings.peek();
  const now = {
    id: Date.now(),
    choice: choice.peek(),
    network: network.peek(),
    optimizer: info.training.optimizer,
    wantedEpochs,
    learningRate,
    batchSize,
    before: last.before,
    epochs: experience.peek().epochs ?? last.position,
    stopped,
    source: images.source,
    images: images.train,
    backend: on.name,
    threads: threads.peek(),
    seconds,
    parameters: info.parameters,
    accuracy: experience.peek().accuracy,
    curve: curveOf(last.before),
  };
  const title = (await lab.modelNote())?.title;
  return title === undefined ? undefined : {...now, title};
}

/** Of the training that began after so many epochs. */
function curveOf(before: number): RunPoint[] {
  const those = points.value.filter((point) => point.before === before);
  const every = Math.ceil(those.length / MOST_POINTS);
  return those
    .filter((_, i) => (those.length - 1 - i) % every === 0)
    .map(({position, seconds, loss, accuracy}) => [position, seconds, loss, accuracy]);
}

async function refresh(): Promise<void> {
  runs.value = await lab.runs.all();
}

/** The same network, untrained, with the same settings. */
export function setUpAgain({choice: of, network: own, title, ...run}: KeptRun): Promise<void> {
  return during('loading', async () => {
    if (own) await takeNetwork(own);
    else if (of) await takeModel(of);
    const {wantedEpochs: epochs, learningRate, batchSize} = run;
    settings.value = {...settings.peek(), epochs, learningRate, batchSize};
    announcement.value = texts.compare.again(title);
  });
}

/** The network as it was at the end of the run. */
export function takeUp({id}: KeptRun): Promise<void> {
  return during('loading', async () => {
    const {title, info, ...origin} = await lab.openRun(id);
    showModel(info, origin);
    announcement.value = texts.compare.takenUp(title);
  });
}

export async function removeRuns(those: readonly KeptRun[]): Promise<void> {
  await Promise.all(those.map(({id}) => lab.runs.remove(id)));
  await refresh();
  announcement.value = texts.compare.removed(those.length);
}

export function show(id: number, shown: boolean): void {
  const others = new Set(hidden.value);
  if (shown) others.delete(id);
  else others.add(id);
  hidden.value = others;
}
