import './training.css';
import {useSignal, useSignalEffect} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {count, duration, percent, threadsInWords} from '../../../common/format';
import type {TrainSettings} from '../../lab/types';
import {NumberField} from '../parts/number-field';
import {Section} from '../parts/section';
import {activity, data, model} from '../store';
import {end, evaluation, pause, planned, progress, resume, stop, tested, train} from '../training-run';
import {TrainingCurves} from './training-curves';

/** Epochs that a visitor waits for; the recipes have up to 60. */
const FEW_EPOCHS = 3;
/** Of order, dropout and augmentation. */
const SEED = 1;

/** What is trained how, the buttons, and how far it is. */
export function TrainingSection() {
  const settings = useSignal(usualSettings());
  const stages = model.value?.training.stages ?? 1;
  useSignalEffect(() => {
    settings.value = usualSettings();
  });
  useSignalEffect(() => {
    planned.value = settings.value.epochs * (model.value?.training.stages ?? 1);
  });
  const set = (part: Partial<TrainSettings>) => {
    settings.value = {...settings.value, ...part};
  };
  const {epochs, batchSize, learningRate} = settings.value;
  const idle = activity.value === 'idle';
  return (
    <Section id="training" title="Training">
      <form
        class="controls"
        onSubmit={(event) => {
          event.preventDefault();
          train(settings.value);
        }}
      >
        <NumberField
          label={stages > 1 ? `Epochs, in each of ${stages} stages` : 'Epochs'}
          min={1}
          max={100}
          step={1}
          value={epochs}
          disabled={!idle}
          onChange={(value) => set({epochs: value})}
        />
        <NumberField
          label="Batch size"
          min={1}
          max={1000}
          step={1}
          value={batchSize}
          disabled={!idle}
          onChange={(value) => set({batchSize: value})}
        />
        <NumberField
          label="Learning rate"
          min={0.00001}
          max={1}
          step="any"
          value={learningRate}
          disabled={!idle}
          onChange={(value) => set({learningRate: value})}
        />
        <Buttons />
      </form>
      <Status />
      <TrainingCurves />
    </Section>
  );
}

function usualSettings(): TrainSettings {
  const {epochs = [FEW_EPOCHS], batchSize = 128, learningRate = 0.001} = model.value?.training ?? {};
  return {epochs: Math.min(FEW_EPOCHS, ...epochs), batchSize, learningRate, seed: SEED};
}

function Buttons() {
  const now = activity.value;
  const training = now === 'training' || now === 'paused';
  return (
    <div class="buttons">
      {!training && (
        <button type="submit" class="primary" disabled={now !== 'idle' || !data.value || !model.value}>
          {evaluation.value ? 'Train further' : 'Train'}
        </button>
      )}
      {now === 'training' && (
        <button type="button" class="primary" onClick={pause}>
          Pause
        </button>
      )}
      {now === 'paused' && (
        <button type="button" class="primary" onClick={resume}>
          Resume
        </button>
      )}
      {training && (
        <button type="button" onClick={stop}>
          Stop
        </button>
      )}
    </div>
  );
}

function Status() {
  const now = progress.value;
  return (
    <>
      <p class="state" data-activity={activity.value}>
        {sentence()}
      </p>
      <progress
        aria-label="Progress of the training"
        max={1}
        value={tested.value ? tested.value.done / tested.value.total : now ? now.position / now.epochs : 0}
      />
      <dl class="figures">
        <Figure
          name="Test accuracy"
          id="test-accuracy"
          value={evaluation.value && percent(evaluation.value.accuracy)}
        />
        <Figure name="Training accuracy" id="training-accuracy" value={now && percent(now.accuracy, 1)} />
        <Figure name="Images per second" id="images-per-second" value={now && count(now.imagesPerSecond)}>
          {now?.threads && <dd id="training-threads">on {threadsInWords(now.threads)}</dd>}
        </Figure>
        <Figure name="Time" id="training-time" value={time()} />
      </dl>
    </>
  );
}

interface FigureProps {
  name: string;
  id: string;
  value: string | undefined;
  /** What there is to say of it. */
  children?: ComponentChildren;
}

function Figure({name, id, value, children}: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd id={id}>{value ?? '–'}</dd>
      {children}
    </div>
  );
}

function sentence(): string {
  const now = progress.value;
  const where = now && `epoch ${now.epoch} of ${now.epochs}${now.stage && `, ${now.stage}`}`;
  switch (activity.value) {
    case 'starting':
      return 'Starting …';
    case 'training':
      return where ? `Training: ${where}.` : 'Preparing the images …';
    case 'paused':
      return `Paused in ${where ?? 'the first epoch'}.`;
    case 'testing':
      return `Testing on ${count(tested.value?.total ?? 0)} images that it has never seen …`;
    default:
      return ending();
  }
}

function ending(): string {
  if (!end.value) return 'Not trained yet: it guesses.';
  if (end.value.status === 'diverged') {
    return 'Training ran away: the loss was no longer a number. The last good weights are back; try a smaller learning rate.';
  }
  if (end.value.status === 'stopped') return 'Stopped; the network stays as it is now.';
  return end.value.stoppedEarly ? 'Done early: it no longer became better. The best weights are kept.' : 'Done.';
}

function time(): string | undefined {
  const seconds = end.value?.seconds ?? progress.value?.seconds;
  return seconds === undefined ? undefined : duration(seconds);
}
