import './train-controls.css';
import {percent} from '../../../common/format';
import {texts} from '../../texts';
import {stateSentence} from '../state-sentence';
import {activity, data, experience, model} from '../store';
import {evaluation, pause, progress, resume, stop, tested, testModel} from '../training-run';
import {SectionLink} from './section-link';

/** The form with the settings of a training, which the button Train sends, wherever it is. */
export const SETTINGS_FORM = 'training-settings';

/** The buttons of a training, how far it is, and what came of it. */
export function TrainControls() {
  const now = progress.value;
  const share = now ? (now.position - now.before) / (now.epochs - now.before) : 0;
  const {accuracy} = experience.value;
  return (
    <div class="train-controls">
      <TrainButtons />
      <p class="state" data-activity={activity.value}>
        {stateSentence.value}
      </p>
      <progress
        aria-label={texts.training.progress}
        max={1}
        value={tested.value ? tested.value.done / tested.value.total : share}
      />
      <p class="outcome">
        <span class="soft">{texts.training.testAccuracy}</span>
        <b id="test-accuracy">{accuracy === undefined ? '–' : percent(accuracy)}</b>
        {evaluation.value && accuracy !== undefined && (
          <SectionLink id="mistakes">{texts.training.seeMistakes}</SectionLink>
        )}
      </p>
    </div>
  );
}

/** Two buttons that stay where they are, whatever they say. */
export function TrainButtons() {
  const now = activity.value;
  const training = now === 'training' || now === 'paused';
  const ready = now === 'idle' && data.value && model.value;
  const {epochs, accuracy} = experience.value;
  return (
    <div class="buttons">
      {training ? (
        <button key="pause" type="button" class="primary" onClick={now === 'paused' ? resume : pause}>
          {now === 'paused' ? texts.training.resume : texts.training.pause}
        </button>
      ) : (
        <button key="train" type="submit" form={SETTINGS_FORM} class="primary" disabled={!ready}>
          {epochs === 0 ? texts.training.train : texts.training.further}
        </button>
      )}
      {training ? (
        <button key="stop" type="button" onClick={stop}>
          {texts.training.stop}
        </button>
      ) : (
        <button key="test" type="button" disabled={!ready || accuracy !== undefined} onClick={testModel}>
          {texts.training.test}
        </button>
      )}
    </div>
  );
}
