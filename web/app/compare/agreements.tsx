import {useSignal} from '@preact/signals';
import type {Agreement, Comparison} from '../../lab/compare/types';
import {texts} from '../../texts';
import {ShownDigit} from '../parts/shown-digit';

const ALL: readonly Agreement[] = ['both', 'first', 'second', 'neither'];

interface Props {
  comparison: Comparison;
}

/** Who of two networks reads how many test images right, and some of each kind. */
export function Agreements({comparison: {counts, images}}: Props) {
  const chosen = useSignal<Agreement>(counts.second > 0 ? 'second' : 'first');
  const {agreement, agreementOf, readAs, reads, noImages} = texts.compare;
  const shown = images[chosen.value];
  return (
    <>
      <div class="agreements">
        {ALL.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === chosen.value}
            onClick={() => {
              chosen.value = one;
            }}
          >
            {agreementOf(counts[one], agreement[one])}
          </button>
        ))}
      </div>
      {shown.length === 0 && <p class="soft">{noImages}</p>}
      <ul class="digits twice">
        {shown.map(({index, label, predicted, second, pixels}) => (
          <li key={index}>
            <ShownDigit digit={{pixels, label}} label={readAs(label, predicted, second)}>
              <small>{reads(predicted, second)}</small>
            </ShownDigit>
          </li>
        ))}
      </ul>
    </>
  );
}
