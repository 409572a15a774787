import './mistakes.css';
import {useSignal} from '@preact/signals';
import {sum} from '../../../common/statistics';
import type {Answered, Evaluation} from '../../lab/types';
import {texts} from '../../texts';
import {Scroll} from '../parts/scroll';
import {Section} from '../parts/section';
import {ShownDigit} from '../parts/shown-digit';
import {evaluation} from '../training-run';

const SHOWN = 24;

type Cell = {label: number; predicted: number};

/** What the network takes for what, and the images that it got wrong. */
export function MistakesSection() {
  return (
    <Section id="mistakes" title={texts.mistakes.title}>
      {evaluation.value ? <Mistakes evaluation={evaluation.value} /> : <p class="soft">{texts.mistakes.before}</p>}
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
      <p>{texts.mistakes.summary(correct, total, accuracy)}</p>
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
              {texts.mistakes.all}
            </button>
          </div>
          <ul class="digits">
            {those.slice(0, SHOWN).map((answered) => (
              <AnsweredFigure key={answered.index} answered={answered} />
            ))}
          </ul>
          <p class="soft">{texts.mistakes.press}</p>
        </div>
      </div>
    </>
  );
}

function titleOf(cell: Cell | undefined): string {
  if (!cell) return texts.mistakes.surest;
  const {label, predicted} = cell;
  return label === predicted ? texts.mistakes.hardly(label) : texts.mistakes.readAs(label, predicted);
}

function AnsweredFigure({answered}: {answered: Answered}) {
  const {label, predicted, confidence} = answered;
  return (
    <li>
      <ShownDigit digit={answered} label={texts.mistakes.picture(label)}>
        <span>
          <b>{texts.mistakes.readAs(label, predicted)}</b>
          <br />
          {texts.mistakes.sure(confidence)}
        </span>
      </ShownDigit>
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
    <Scroll label={texts.mistakes.matrix}>
      <table class="matrix">
        <caption>{texts.mistakes.caption}</caption>
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
                      aria-label={texts.mistakes.cell(label, predicted, value)}
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
