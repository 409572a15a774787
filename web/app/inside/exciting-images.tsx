import type {ReadonlySignal} from '@preact/signals';
import {lab} from '../lab';
import {DigitPicture} from '../parts/digit-picture';
import {data, shown} from '../store';
import {chosen} from './chosen';
import {number} from './texts';
import {useAnswer} from './use-answer';

/** The test images that excite the chosen unit most. */
export function ExcitingImages({visible}: {visible: ReadonlySignal<boolean>}) {
  const answer = useAnswer(visible, () => {
    const choice = chosen.value;
    return data.value && choice && (() => lab.inside.mostExciting(choice));
  });
  const images = answer.value;
  return (
    <div class="exciting">
      <h5>Test images that excite it most</h5>
      {!images && <p class="soft">Looking through 1,000 test images …</p>}
      {images?.length === 0 && <p class="soft">None: it answers to no image.</p>}
      <ul>
        {images?.map(({index, label, pixels, value}) => (
          <li key={index}>
            <button
              type="button"
              aria-label={`A ${label}, answer ${number(value)}: show it`}
              onClick={() => {
                shown.value = pixels;
              }}
            >
              <DigitPicture pixels={pixels} label="" />
              <small aria-hidden="true">{number(value)}</small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
