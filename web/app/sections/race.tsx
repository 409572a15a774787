import './race.css';
import {signal, useComputed} from '@preact/signals';
import {version as tfjs} from '@tensorflow/tfjs-core/package.json';
import {version as own} from '../../../package.json';
import {BACKENDS, type BackendName} from '../../lab/types';
import {entrantsOf, nameOf} from '../../race/entrants';
import type {RaceRecord} from '../../race/figures';
import {machineOf} from '../../race/machine';
import {runRace} from '../../race/race';
import {verdicts} from '../../race/sentences';
import {PHASES, type Standing} from '../../race/types';
import {texts} from '../../texts';
import {hostThreads} from '../host-threads';
import {lab} from '../lab';
import {RaceTable} from '../parts/race-table';
import {Section} from '../parts/section';
import {RaceChart} from '../race/race-chart';
import {activity, announcement, busy, choice, during, network} from '../store';
import {threadsAtHand, whyOneThread} from '../threads';

const BATCH_SIZES = [32, 128];
/** Seconds are those of each phase of each turn. */
const LENGTHS = {
  short: {rounds: 2, seconds: 0.5},
  usual: {rounds: 3, seconds: 1.5},
  long: {rounds: 5, seconds: 3},
};
type Length = keyof typeof LENGTHS;
/** Of a new model's weights. */
const SEED = 1;

const chosen = signal<readonly BackendName[]>(BACKENDS);
const batchSize = signal(BATCH_SIZES[0]);
const length = signal<Length>('usual');
const standings = signal<readonly Standing[]>([]);
/** What is shown. */
const record = signal<RaceRecord | undefined>(undefined);
let stop = new AbortController();

async function race(): Promise<void> {
  stop = new AbortController();
  standings.value = [];
  const measured = {batchSize: batchSize.value, ...LENGTHS[length.value]};
  record.value = {
    ...measured,
    title: (await lab.modelNote())?.title ?? '',
    machine: machineOf(navigator),
    versions: {own, tfjs},
    date: new Date(),
  };
  const end = await runRace({
    setup: {...measured, choice: choice.value, network: network.value, model: await lab.packModel(), seed: SEED},
    entrants: entrantsOf(chosen.value, threadsAtHand()),
    rounds: measured.rounds,
    startWorker: () => hostThreads(new Worker(new URL('../../race/worker.ts', import.meta.url), {type: 'module'})),
    onStandings: (now) => {
      standings.value = now;
    },
    signal: stop.signal,
  });
  announcement.value = texts.race.over(verdicts(end));
}

export function RaceSection() {
  const racing = activity.value === 'racing';
  const blocked = !racing && busy.value;
  return (
    <Section id="race" title={texts.race.title}>
      <p>{texts.race.explained(threadsSentence())}</p>
      <div class="race-options">
        <fieldset disabled={racing}>
          <legend>{texts.race.backends}</legend>
          {BACKENDS.map((name) => (
            <label key={name} class="race-check">
              <input type="checkbox" checked={chosen.value.includes(name)} onChange={() => toggle(name)} />
              {name}
            </label>
          ))}
        </fieldset>
        <OneOf
          name="race-batch"
          legend={texts.race.batch}
          value={String(batchSize.value)}
          options={BATCH_SIZES.map((size) => [String(size), String(size)])}
          onChange={(size) => {
            batchSize.value = Number(size);
          }}
        />
        <OneOf
          name="race-length"
          legend={texts.race.length}
          value={length.value}
          options={Object.entries(LENGTHS).map(([name, {rounds}]) => [
            name,
            texts.race.lengths[name as Length](rounds),
          ])}
          onChange={(name) => {
            length.value = name as Length;
          }}
        />
      </div>
      <p class="race-start">
        {racing ? (
          <button type="button" onClick={() => stop.abort()}>
            {texts.race.stop}
          </button>
        ) : (
          <button
            type="button"
            class="primary"
            disabled={blocked || chosen.value.length === 0}
            aria-describedby="race-blocked"
            onClick={() => during('racing', race)}
          >
            {texts.race.start}
          </button>
        )}
        <span id="race-blocked" class="soft">
          {blocked ? reasonFor(activity.value) : chosen.value.length === 0 ? texts.race.chooseOne : ''}
        </span>
      </p>
      {record.value && standings.value.length > 0 && <Results record={record.value} racing={racing} />}
    </Section>
  );
}

interface OneOfProps {
  /** Of the group of radio buttons. */
  name: string;
  legend: string;
  value: string;
  options: (readonly [value: string, title: string])[];
  onChange(value: string): void;
}

function OneOf({name, legend, value, options, onChange}: OneOfProps) {
  return (
    <fieldset disabled={activity.value === 'racing'}>
      <legend>{legend}</legend>
      {options.map(([option, title]) => (
        <label key={option} class="race-check">
          <input type="radio" name={name} value={option} checked={option === value} onChange={() => onChange(option)} />
          {title}
        </label>
      ))}
    </fieldset>
  );
}

function threadsSentence(): string {
  const reason = whyOneThread();
  return reason ? texts.race.oneThread(reason) : texts.race.threads(threadsAtHand());
}

function toggle(name: BackendName): void {
  chosen.value = BACKENDS.filter((one) => (one === name) !== chosen.value.includes(one));
}

function reasonFor(now: typeof activity.value): string {
  return now === 'training' || now === 'paused' ? texts.race.notWhileTraining : texts.race.notNow;
}

function Results({record: of, racing}: {record: RaceRecord; racing: boolean}) {
  const sentences = useComputed(() => (activity.value === 'racing' ? [] : verdicts(standings.value)));
  const now = standings.value;
  const different = now.filter(({difference}) => difference !== undefined);
  const reference = different[0]?.comparedWith;
  const isMeasured = now.some(({results}) => PHASES.some((phase) => results[phase]?.kind === 'measured'));
  return (
    <>
      {sentences.value.map((sentence) => (
        <p key={sentence} class="race-verdict">
          {sentence}
        </p>
      ))}
      {PHASES.map((phase) => (
        <RaceTable key={phase} phase={phase} standings={now} batchSize={of.batchSize} />
      ))}
      {reference && (
        <p class="soft race-agreement">
          {texts.race.agreement(
            nameOf(reference),
            different.map((standing) => texts.race.difference(nameOf(standing), standing.difference ?? 0)),
          )}
        </p>
      )}
      {!racing && isMeasured && <RaceChart standings={now} record={of} />}
    </>
  );
}
