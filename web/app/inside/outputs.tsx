import {percent} from '../../../common/format';
import {argMax} from '../../../common/statistics';
import type {LayerView} from '../../lab/inside/types';
import {choose, isChosen} from './chosen';

interface Props {
  view: LayerView;
  layer: number;
}

/** The ten outputs: a button for each, filled as far as it is sure. */
export function Outputs({view, layer}: Props) {
  const [{values}] = view.pictures;
  const answer = argMax(values);
  return (
    <div class="outputs">
      {Array.from(values, (value, digit) => (
        <button
          key={String(digit)}
          type="button"
          class={digit === answer ? 'most' : undefined}
          aria-pressed={isChosen(layer, digit)}
          onClick={() => choose(layer, digit)}
        >
          <b>{digit}</b>
          <span class="track" aria-hidden="true">
            <span class="fill" style={{transform: `scaleY(${Math.max(0, Math.min(1, value))})`}} />
          </span>
          <small>{percent(value, 0)}</small>
        </button>
      ))}
    </div>
  );
}
