import './training.css';
import type {ComponentChildren} from 'preact';
import {count, percent} from '../../../common/format';
import type {TrainSettings} from '../../lab/types';
import {texts} from '../../texts';
import {NumberField} from '../parts/number-field';
import {Section} from '../parts/section';
import {SETTINGS_FORM} from '../parts/train-controls';
import {activity, model} from '../store';
import {end, progress, settings, train} from '../training-run';
import {TrainingCurves} from './training-curves';

/** What is trained how, and how it goes. */
export function TrainingSection() {
  const stages = model.value?.training.stages ?? 1;
  const set = (part: Partial<TrainSettings>) => {
    settings.value = {...settings.value, ...part};
  };
  const {epochs, batchSize, learningRate} = settings.value;
  const idle = activity.value === 'idle';
  return (
    <Section id="training" title={texts.training.title}>
      <form
        id={SETTINGS_FORM}
        class="controls"
        onSubmit={(event) => {
          event.preventDefault();
          train();
        }}
      >
        <NumberField
          label={texts.training.epochs(stages)}
          min={1}
          max={100}
          step={1}
          value={epochs}
          disabled={!idle}
          onChange={(value) => set({epochs: value})}
        />
        <NumberField
          label={texts.training.batchSize}
          min={1}
          max={1000}
          step={1}
          value={batchSize}
          disabled={!idle}
          onChange={(value) => set({batchSize: value})}
        />
        <NumberField
          label={texts.training.learningRate}
          min={0.00001}
          max={1}
          step="any"
          value={learningRate}
          disabled={!idle}
          onChange={(value) => set({learningRate: value})}
        />
      </form>
      <p class="soft">{texts.training.explained}</p>
      <Figures />
      <TrainingCurves />
    </Section>
  );
}

function Figures() {
  const now = progress.value;
  return (
    <dl class="figures">
      <Figure name={texts.training.accuracy} id="training-accuracy" value={now && percent(now.accuracy, 1)} />
      <Figure name={texts.training.speed} id="images-per-second" value={now && count(now.imagesPerSecond)}>
        {now?.threads && <dd id="training-threads">{texts.training.threads(now.threads)}</dd>}
      </Figure>
      <Figure name={texts.training.time} id="training-time" value={time()} />
    </dl>
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

function time(): string | undefined {
  const seconds = end.value?.seconds ?? progress.value?.seconds;
  return seconds === undefined ? undefined : texts.training.duration(seconds);
}
