import {useSignal} from '@preact/signals';
import type {Change} from '../../break/changes';
import {texts} from '../../texts';
import {BackToWhole} from '../break/back-to-whole';
import {Sliders} from '../break/sliders';
import {Sweep} from '../break/sweep';
import {DigitPicture} from '../parts/digit-picture';
import {Section} from '../parts/section';
import {isBroken, noiseSeed, shown, wholeDigit} from '../store';
import '../break/break.css';

/** Spoils the digit that is shown, until the network no longer reads it. */
export function BreakSection() {
  const last = useSignal<Change>('rotation');
  return (
    <Section id="break" title={texts.break.title}>
      <p class="soft">{wholeDigit.value ? texts.break.explained : texts.break.drawFirst}</p>
      <div class="break">
        <Sliders
          onMoved={(change) => {
            last.value = change;
          }}
        />
        <div>
          <div class="break-pictures">
            <Picture pixels={wholeDigit.value} label={texts.break.wholePicture} caption={texts.break.before} />
            <Picture pixels={shown.value} label={texts.break.brokenPicture} caption={texts.break.after} />
          </div>
          <p class="buttons">
            <BackToWhole disabled={!isBroken.value} />
            <button type="button" onClick={() => noiseSeed.value++}>
              {texts.break.otherNoise}
            </button>
          </p>
        </div>
      </div>
      <Sweep change={last.value} />
    </Section>
  );
}

function Picture({pixels, label, caption}: {pixels: Uint8Array | undefined; label: string; caption: string}) {
  return (
    <figure>
      {pixels ? <DigitPicture pixels={pixels} label={label} /> : <span class="no-picture" />}
      <figcaption class="soft">{caption}</figcaption>
    </figure>
  );
}
