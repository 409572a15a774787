import type {Picture} from '../../lab/types';
import {number} from './words';

interface Props {
  picture: Picture;
  /** The value that has the full colour. */
  most: number;
}

/** Numbers as they stand in a picture, each with its colour. */
export function NumberGrid({picture: {values, width}, most}: Props) {
  return (
    <span class="numbers" style={{'--columns': width}}>
      {Array.from(values, (value, i) => (
        <span
          key={String(i)}
          class={value < 0 ? 'below' : undefined}
          style={{'--share': most > 0 ? Math.abs(value) / most : 0}}
        >
          {number(value)}
        </span>
      ))}
    </span>
  );
}
