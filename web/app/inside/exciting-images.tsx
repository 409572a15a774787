import type {ReadonlySignal} from '@preact/signals';
import type {UnitChoice} from '../../lab/inside/types';
import {texts} from '../../texts';
import {lab} from '../lab';
import {DigitPicture} from '../parts/digit-picture';
import {data, sample} from '../store';
import {chosen} from './chosen';
import {useAnswer} from './use-answer';
import {number} from './words';

async function askFor(choice: UnitChoice) {
  const {value: images, took} = await lab.inside.mostExciting(choice);
  return {value: images && {choice, images}, took};
}

/** The test images that excite the chosen unit most. */
export function ExcitingImages({visible}: {visible: ReadonlySignal<boolean>}) {
  const answer = useAnswer(visible, () => {
    const choice = chosen.value;
    return data.value && choice && (() => askFor(choice));
  });
  // Not those of the unit before.
  const images = answer.value?.choice === chosen.value ? answer.value?.images : undefined;
  return (
    <div class="exciting">
      <h5>{texts.inside.exciting}</h5>
      {!images && <p class="soft">{texts.inside.searching}</p>}
      {images?.length === 0 && <p class="soft">{texts.inside.noneExcite}</p>}
      <ul>
        {images?.map(({index, label, pixels, value}) => (
          <li key={index}>
            <button
              type="button"
              onClick={() => {
                sample.value = {pixels, label};
              }}
            >
              <DigitPicture pixels={pixels} label={texts.inside.showExciting(label)} />
              <small>{number(value)}</small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
