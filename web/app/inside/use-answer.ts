import {effect, type ReadonlySignal, useSignal, useSignalEffect} from '@preact/signals';
import {useRef} from 'preact/hooks';
import type {Timed} from '../../lab/inside/types';
import type {ModelInfo} from '../../lab/types';
import {latestOnly} from '../latest-only';
import {activity, model, modelVersion, tell} from '../store';

/** Milliseconds between two answers while a model trains ... */
const INTERVAL = 500;
/** ... or so many times as long as the last one took, so that training loses little by it. */
const REST = 30;

type Ask<T> = () => Promise<Timed<T | undefined>>;

/**
 * The newest answer of the worker to a question about the model, asked again as the weights change, and as what the
 * question reads of signals does; only while it can be seen.
 *
 * @param question undefined where there is nothing to ask.
 */
export function useAnswer<T>(
  visible: ReadonlySignal<boolean>,
  question: () => Ask<T> | undefined,
): ReadonlySignal<T | undefined> {
  const answer = useSignal<T | undefined>(undefined);
  const about = useRef<ModelInfo | undefined>(undefined);
  const asker = useRef<((asked: {ask: Ask<T>; of: ModelInfo}) => void) | undefined>(undefined);
  asker.current ??= latestOnly(async ({ask, of}) => {
    const given = await ask().catch(tell);
    // Another model may have come meanwhile.
    if (given && model.peek() === of) answer.value = given.value;
    await rest(given?.took ?? 0);
  });
  useSignalEffect(() => {
    modelVersion.value;
    const of = model.value;
    const ask = question();
    if (about.current !== of || !ask) answer.value = undefined;
    about.current = of;
    if (of && ask && visible.value) asker.current?.({ask, of});
  });
  return answer;
}

/** Waits while a model trains. */
function rest(took: number): Promise<void> {
  return new Promise((resolve) => {
    let stop = () => {};
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, Math.max(INTERVAL, REST * took));
    stop = effect(() => {
      if (activity.value !== 'training') queueMicrotask(done);
    });
  });
}
