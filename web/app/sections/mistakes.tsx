import './mistakes.css';
import {useSignal} from '@preact/signals';
import {count, percent} from '../../../common/format';
import {sum} from '../../../common/statistics';
import type {Answered, Evaluation} from '../../lab/types';
import {DigitPicture} from '../parts/digit-picture';
import {Scroll} from '../parts/scroll';
import {Section} from '../parts/section';
import {sample} from '../store';
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

function Mistakes({evaluation}: {evaluation: Evaluation}) {
  const {confusionMatrix, mistakes, unsure, total, correct, accuracy} = evaluation;
  const chosen = useSignal<Cell | undefined>(undefined);
  const cell = chosen.value;
  const those = cell
    ? [...mistakes, ...unsure].filter(({label, predicted}) => label === cell.label && predicted === cell.predicted)
    : mistakes;
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
          <div class="chosen">
            <h3>{titleOf(cell)}</h3>
            <button
              type="button"
              disabled={!cell}
              onClick={() => {
                chosen.value = undefined;
              }}
            >
              All mistakes
            </button>
          </div>
          <ul class="digits">
            {those.slice(0, SHOWN).map((answered) => (
              <AnsweredFigure key={answered.index} answered={answered} />
            ))}
          </ul>
          <p class="soft">Press one to show it to the network.</p>
        </div>
      </div>
    </>
  );
}

function titleOf(cell: Cell | undefined): string {
  if (!cell) return 'The surest mistakes';
  const {label, predicted} = cell;
  return label === predicted ? `Read right as ${label}, but hardly` : `${label} read as ${predicted}`;
}

function AnsweredFigure({answered}: {answered: Answered}) {
  const {pixels, label, predicted, confidence} = answered;
  return (
    <li>
      <button
        type="button"
        class="answered"
        aria-pressed={sample.value?.pixels === pixels}
        onClick={() => {
          sample.value = {pixels, label};
        }}
      >
        <DigitPicture pixels={pixels} label={`A handwritten ${label}`} />
        <span>
          <b>{label}</b> read as <b>{predicted}</b>
          <br />
          {percent(confidence, 0)} sure
        </span>
      </button>
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
        <caption>Rows: the true digit. Columns: what it was read as. Choose a number to see its images.</caption>
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
                  {value === 0 ? (
                    <span class="none">{value}</span>
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
