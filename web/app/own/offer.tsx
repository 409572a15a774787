import {useEffect, useRef} from 'preact/hooks';
import type {LabelledDigit} from '../../own/digits';
import {texts} from '../../texts';
import {DigitPicture} from '../parts/digit-picture';
import {tell} from '../store';
import {addOwn, own} from './digits';
import {offered} from './offered';

/** Asks whether the digits of a link are to be added. */
export function Offer() {
  const digits = offered.value;
  return digits ? <Question digits={digits} /> : null;
}

function Question({digits}: {digits: readonly LabelledDigit[]}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    // The harmless answer.
    no.current?.focus();
  }, []);
  const accept = async () => {
    await addOwn(digits).catch(tell);
    dialog.current?.close();
    document.getElementById('own')?.scrollIntoView();
  };
  return (
    <dialog
      ref={dialog}
      class="offer"
      aria-labelledby="offer-title"
      onClose={() => {
        offered.value = undefined;
      }}
    >
      <h2 id="offer-title">{texts.own.offered(digits.length)}</h2>
      <p class="soft">{texts.own.offerExplained(own.value.length)}</p>
      <ul>
        {digits.map(({pixels, label}, i) => (
          <li key={String(i)}>
            <DigitPicture pixels={pixels} label={texts.own.offeredDigit(label)} />
            {label}
          </li>
        ))}
      </ul>
      <p class="buttons">
        <button type="button" class="primary" onClick={accept}>
          {texts.own.accept}
        </button>
        <button type="button" ref={no} onClick={() => dialog.current?.close()}>
          {texts.own.decline}
        </button>
      </p>
    </dialog>
  );
}
