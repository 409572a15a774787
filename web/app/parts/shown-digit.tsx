import './shown-digit.css';
import type {ComponentChildren} from 'preact';
import type {Digit} from '../../lab/types';
import {sample} from '../store';
import {DigitPicture} from './digit-picture';

interface Props {
  digit: Digit;
  /** What a screen reader says of the picture. */
  label: string;
  /** What stands below it. */
  children: ComponentChildren;
}

/** A digit that is shown to the network when it is pressed. */
export function ShownDigit({digit, label, children}: Props) {
  return (
    <button
      type="button"
      class="answered"
      aria-pressed={sample.value?.pixels === digit.pixels}
      onClick={() => {
        sample.value = {pixels: digit.pixels, label: digit.label};
      }}
    >
      <DigitPicture pixels={digit.pixels} label={label} />
      {children}
    </button>
  );
}
