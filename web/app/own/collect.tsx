import {useSignal} from '@preact/signals';
import {useRef} from 'preact/hooks';
import type {OwnDigit} from '../../own/digits';
import {texts} from '../../texts';
import {DigitPicture} from '../parts/digit-picture';
import {announcement, drawing, pad, sample} from '../store';
import {addOwn, own, removeOwn} from './digits';

export const LABELS = Array.from({length: 10}, (_, label) => label);

/** The drawing gets a label and becomes one of the visitor's digits. */
export function Collect() {
  const pixels = sample.value ? undefined : drawing.value;
  const add = async (label: number) => {
    if (!pixels) return;
    await addOwn([{pixels, label}]);
    // For the next one.
    drawing.value = undefined;
    pad.value++;
  };
  return (
    <fieldset class="add-as">
      <legend>{texts.own.addAs}</legend>
      <div class="labels">
        {LABELS.map((label) => (
          <button
            key={label}
            type="button"
            aria-label={texts.own.addAsTitle(label)}
            aria-disabled={!pixels}
            onClick={() => {
              if (pixels) add(label);
              else announcement.value = texts.own.drawFirst;
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <p class="soft">{pixels ? '' : texts.own.drawFirst}</p>
    </fieldset>
  );
}

/** The visitor's digits by their labels; one of them is shown to the network. */
export function Gallery() {
  const all = own.value;
  const chosen = all.find(({pixels}) => pixels === sample.value?.pixels);
  const heading = useRef<HTMLParagraphElement>(null);
  if (all.length === 0) return null;
  const remove = async (digits: readonly OwnDigit[]) => {
    await removeOwn(digits);
    heading.current?.focus();
  };
  return (
    <>
      <p class="soft" tabIndex={-1} ref={heading}>
        {texts.own.count(all.length, all.filter(({held}) => held).length)}
      </p>
      <ul class="own-digits" aria-label={texts.own.yours}>
        {LABELS.filter((label) => all.some((digit) => digit.label === label)).map((label) => (
          <OfLabel key={label} label={label} digits={all.filter((digit) => digit.label === label)} />
        ))}
      </ul>
      <p class="buttons own-chosen">
        {chosen && (
          <>
            <button type="button" onClick={() => remove([chosen])}>
              {texts.own.remove}
            </button>
            <span class="soft">{texts.own.chosen(chosen.label, chosen.held)}</span>
          </>
        )}
        <RemoveAll onRemove={() => remove(all)} />
      </p>
    </>
  );
}

function OfLabel({label, digits}: {label: number; digits: readonly OwnDigit[]}) {
  return (
    <li>
      <b>{texts.own.labelCount(label, digits.length)}</b>
      <div>
        {digits.map(({id, pixels, held}) => (
          <button
            key={id}
            type="button"
            class={held ? 'own-digit held' : 'own-digit'}
            title={texts.own.picture(label, held)}
            aria-pressed={sample.value?.pixels === pixels}
            onClick={() => {
              sample.value = {pixels, label};
            }}
          >
            <DigitPicture pixels={pixels} label={texts.own.picture(label, held)} />
          </button>
        ))}
      </div>
    </li>
  );
}

/** Cannot be undone: asked for twice. */
function RemoveAll({onRemove}: {onRemove(): void}) {
  const asked = useSignal(false);
  if (!asked.value) {
    return (
      <button
        key="ask"
        type="button"
        class="remove-all"
        onClick={() => {
          asked.value = true;
        }}
      >
        {texts.own.removeAll}
      </button>
    );
  }
  const answer = (remove: boolean) => () => {
    asked.value = false;
    if (remove) onRemove();
  };
  return (
    <span key="answer" class="buttons remove-all">
      <button type="button" class="danger" onClick={answer(true)}>
        {texts.own.removeForGood(own.value.length)}
      </button>
      <button type="button" ref={(button) => button?.focus()} onClick={answer(false)}>
        {texts.own.no}
      </button>
    </span>
  );
}
