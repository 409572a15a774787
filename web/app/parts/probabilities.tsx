import {argMax} from '../../../common/statistics';
import {texts} from '../../texts';

interface Props {
  /** [10]; undefined where there is no answer. */
  values: number[] | undefined;
  label: string;
}

/** How sure a network is of each digit. */
export function Probabilities({values, label}: Props) {
  const digit = values && argMax(values);
  return (
    <ol class="probabilities" aria-label={label}>
      {Array.from({length: 10}, (_, i) => (
        <li key={String(i)} class={i === digit ? 'most' : undefined}>
          <b>{i}</b>
          <span class="track">
            <span class="fill" style={{transform: `scaleX(${values?.[i] ?? 0})`}} />
          </span>
          <span class="number">{values ? texts.draw.probability(values[i]) : '–'}</span>
        </li>
      ))}
    </ol>
  );
}
