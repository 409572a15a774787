import './race.css';
import {signal, useComputed} from '@preact/signals';
import {threadsInWords} from '../../../common/format';
import {BACKENDS, type BackendName} from '../../lab/types';
import {entrantsOf, nameOf} from '../../race/entrants';
import {runRace} from '../../race/race';
import {plainNumber, verdicts} from '../../race/sentences';
import type {Standing} from '../../race/types';
import {hostThreads} from '../host-threads';
import {lab} from '../lab';
import {RaceTable} from '../parts/race-table';
import {Section} from '../parts/section';
import {activity, announcement, busy, choice, during, network} from '../store';
import {threadsAtHand, whyOneThread} from '../threads';

const BATCH_SIZES = [32, 128];
/** Of each phase of each turn. */
const SECONDS = 1.5;
const ROUNDS = 3;
/** Of a new model's weights. */
const SEED = 1;

const chosen = signal<readonly BackendName[]>(BACKENDS);
const batchSize = signal(BATCH_SIZES[0]);
const standings = signal<readonly Standing[]>([]);
/** The batch size of what is shown. */
const raced = signal(BATCH_SIZES[0]);
let stop = new AbortController();

async function race(): Promise<void> {
  stop = new AbortController();
  standings.value = [];
  raced.value = batchSize.value;
  const setup = {
    choice: choice.value,
    network: network.value,
    model: await lab.packModel(),
    seed: SEED,
    batchSize: batchSize.value,
    seconds: SECONDS,
  };
  const end = await runRace({
    setup,
    entrants: entrantsOf(chosen.value, threadsAtHand()),
    rounds: ROUNDS,
    startWorker: () => hostThreads(new Worker(new URL('../../race/worker.ts', import.meta.url), {type: 'module'})),
    onStandings: (now) => {
      standings.value = now;
    },
    signal: stop.signal,
  });
  announcement.value = ['The race is over.', ...verdicts(end)].join(' ');
}

export function RaceSection() {
  const racing = activity.value === 'racing';
  const blocked = !racing && busy.value;
  return (
    <Section id="race" title="Race">
      <p>
        The same model on several backends, one after the other. {threadsSentence()} wasm and cpu have one thread; only
        webgl computes on the graphics processor, where the browser has one. All figures are measured on this device,
        now, in three rounds: the middle one counts, and behind it stand the slowest and the fastest.
      </p>
      <div class="race-options">
        <fieldset disabled={racing}>
          <legend>Backends</legend>
          {BACKENDS.map((name) => (
            <label key={name} class="race-check">
              <input type="checkbox" checked={chosen.value.includes(name)} onChange={() => toggle(name)} />
              {name}
            </label>
          ))}
        </fieldset>
        <fieldset disabled={racing}>
          <legend>Images at a time (batch)</legend>
          {BATCH_SIZES.map((size) => (
            <label key={size} class="race-check">
              <input
                type="radio"
                name="race-batch"
                checked={batchSize.value === size}
                onChange={() => {
                  batchSize.value = size;
                }}
              />
              {size}
            </label>
          ))}
        </fieldset>
      </div>
      <p class="race-start">
        {racing ? (
          <button type="button" onClick={() => stop.abort()}>
            Stop the race
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            disabled={blocked || chosen.value.length === 0}
            aria-describedby="race-blocked"
            onClick={() => during('racing', race)}
          >
            Start the race
          </button>
        )}
        <span id="race-blocked" class="soft">
          {blocked ? reasonFor(activity.value) : chosen.value.length === 0 ? 'Choose at least one backend.' : ''}
        </span>
      </p>
      {standings.value.length > 0 && <Results />}
    </Section>
  );
}

function threadsSentence(): string {
  const reason = whyOneThread();
  return reason
    ? `mnist-wasm has one thread: ${reason}.`
    : `mnist-wasm runs on one thread, then on ${threadsInWords(threadsAtHand())}.`;
}

function toggle(name: BackendName): void {
  chosen.value = BACKENDS.filter((one) => (one === name) !== chosen.value.includes(one));
}

function reasonFor(now: typeof activity.value): string {
  if (now === 'training' || now === 'paused') return 'Not while the model trains: both would share the processor.';
  return 'Not now: the page is busy.';
}

function Results() {
  const sentences = useComputed(() => (activity.value === 'racing' ? [] : verdicts(standings.value)));
  const different = standings.value.filter(({difference}) => difference !== undefined);
  return (
    <>
      {sentences.value.map((sentence) => (
        <p key={sentence} class="race-verdict">
          {sentence}
        </p>
      ))}
      <RaceTable
        phase="inference"
        title="Reading digits (inference)"
        standings={standings.value}
        batchSize={raced.value}
      />
      <RaceTable
        phase="training"
        title="Learning (a training step)"
        standings={standings.value}
        batchSize={raced.value}
      />
      {different.length > 0 && (
        <p class="soft race-agreement">
          Do they compute the same? The largest difference of a probability, on 32 digits, from those of{' '}
          {different[0].comparedWith && nameOf(different[0].comparedWith)}: {different.map(differenceText).join(', ')}.
        </p>
      )}
    </>
  );
}

function differenceText(standing: Standing): string {
  const {difference = 0} = standing;
  return `${nameOf(standing)} ${difference === 0 ? 'none' : plainNumber(difference)}`;
}
