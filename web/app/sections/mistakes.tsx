import './mistakes.css';
import {useSignal} from '@preact/signals';
import {count, percent} from '../../../common/format';
import {sum} from '../../../common/statistics';
import type {Evaluation, Mistake} from '../../lab/types';
import {DigitPicture} from '../parts/digit-picture';
import {Scroll} from '../parts/scroll';
import {Section} from '../parts/section';
import {evaluation} from '../training-run';

const SHOWN = 24;

type Cell = {label: number; predicted: number};

/** What the network takes for what, and the images that it got wrong. */
export function MistakesSection() {
  return (
    <Section id="mistakes" title="Mistakes">
      {evaluation.value ? (
        <Mistakes evaluation={evaluation.value} />
      ) : (
        <p class="soft">After training: which digits it takes for which, on test images that it has never seen.</p>
      )}
    </Section>
  );
}

function Mistakes({evaluation: {confusionMatrix, mistakes, total, correct, accuracy}}: {evaluation: Evaluation}) {
  const chosen = useSignal<Cell | undefined>(undefined);
  const cell = chosen.value;
  const those = mistakes.filter(
    ({label, predicted}) => !cell || (label === cell.label && predicted === cell.predicted),
  );
  return (
    <>
      <p>
        {count(correct)} of {count(total)} test images are read right ({percent(accuracy)}), {count(total - correct)}{' '}
        wrong.
      </p>
      <div class="mistakes">
        <ConfusionMatrix
          matrix={confusionMatrix}
          chosen={cell}
          onChoose={(next) => {
            chosen.value = next.label === cell?.label && next.predicted === cell?.predicted ? undefined : next;
          }}
        />
        <div>
          <h3>{cell ? `${cell.label} read as ${cell.predicted}` : 'The surest mistakes'}</h3>
          <ul class="digits">
            {those.slice(0, SHOWN).map((mistake) => (
              <MistakeFigure key={mistake.index} {...mistake} />
            ))}
          </ul>
        </div>
      </div>
    </>
  );
}

function MistakeFigure({pixels, label, predicted, confidence}: Mistake) {
  return (
    <li>
      <figure>
        <DigitPicture pixels={pixels} label={`A handwritten ${label}`} />
        <figcaption>
          <b>{label}</b> read as <b>{predicted}</b>
          <br />
          {percent(confidence, 0)} sure
        </figcaption>
      </figure>
    </li>
  );
}

interface MatrixProps {
  matrix: number[][];
  chosen: Cell | undefined;
  onChoose(cell: Cell): void;
}

function ConfusionMatrix({matrix, chosen, onChoose}: MatrixProps) {
  const most = Math.max(...matrix.flatMap((row, label) => row.filter((_, predicted) => predicted !== label)), 1);
  return (
    <Scroll label="Confusion matrix">
      <table class="matrix">
        <caption>Rows: the true digit. Columns: what it was read as. Choose a cell to see its images.</caption>
        <thead>
          <tr>
            <td />
            {matrix.map((_, digit) => (
              <th key={String(digit)} scope="col">
                {digit}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.map((row, label) => (
            <tr key={String(label)}>
              <th scope="row">{label}</th>
              {row.map((value, predicted) => (
                <td
                  key={String(predicted)}
                  class={predicted === label ? 'right' : 'wrong'}
                  style={{'--share': String(predicted === label ? value / Math.max(1, sum(row)) : value / most)}}
                >
                  {predicted === label || value === 0 ? (
                    <span class={value === 0 ? 'none' : undefined}>{value}</span>
                  ) : (
                    <button
                      type="button"
                      aria-label={`${label} read as ${predicted}: ${value}`}
                      aria-pressed={chosen?.label === label && chosen.predicted === predicted}
                      onClick={() => onChoose({label, predicted})}
                    >
                      {value}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
