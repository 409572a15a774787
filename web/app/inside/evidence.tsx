import './evidence.css';
import {useSignal} from '@preact/signals';
import {argMax} from '../../../common/statistics';
import type {Evidence, Score, SumPart} from '../../lab/inside/types';
import {texts} from '../../texts';
import {lab} from '../lab';
import {shown} from '../store';
import {choose, isChosen} from './chosen';
import {useOnScreen} from './on-screen';
import {useAnswer} from './use-answer';
import {number} from './words';

/** What speaks for and against each of the ten digits. */
export function EvidencePart() {
  const {ref, visible} = useOnScreen();
  const wanted = useSignal<number | undefined>(undefined);
  const answer = useAnswer(visible, () => {
    const pixels = shown.value;
    return pixels && (() => lab.inside.evidence(pixels));
  });
  const evidence = answer.value;
  const digit = wanted.value ?? (evidence ? argMax(evidence.scores.map(({total}) => total)) : 0);
  return (
    <div ref={ref} id="evidence" class="evidence" tabIndex={-1}>
      <h3>{texts.inside.evidence}</h3>
      {!evidence && <p class="soft">{texts.inside.drawForEvidence}</p>}
      {evidence && (
        <>
          <p class="soft">{texts.inside.evidenceExplained}</p>
          <Scores
            evidence={evidence}
            digit={digit}
            onChoose={(next) => {
              wanted.value = next;
            }}
          />
          <Reasons score={evidence.scores[digit]} digit={digit} layer={evidence.layer} />
        </>
      )}
    </div>
  );
}

interface ScoresProps {
  evidence: Evidence;
  digit: number;
  onChoose(digit: number): void;
}

function Scores({evidence: {scores}, digit, onChoose}: ScoresProps) {
  const most = Math.max(1e-9, ...scores.flatMap((score) => [score.for, -score.against]));
  const bar = (value: number) => ({transform: `scaleX(${Math.abs(value) / most})`});
  return (
    <ol class="scores">
      {scores.map((score, i) => (
        <li key={String(i)}>
          <button type="button" aria-pressed={i === digit} onClick={() => onChoose(i)}>
            <b>{i}</b>
            <span class="visually-hidden">{texts.inside.score(number(score.for, 1), number(-score.against, 1))}</span>
            <span class="bar against" style={bar(score.against)} />
            <span class="bar for" style={bar(score.for)} />
            <span class="number">{number(score.total, 1)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function Reasons({score, digit, layer}: {score: Score; digit: number; layer: number}) {
  return (
    <>
      <div class="reasons">
        <ReasonList title={texts.inside.forDigit(digit)} parts={score.reasons.for} />
        <ReasonList title={texts.inside.againstDigit(digit)} parts={score.reasons.against} />
      </div>
      <button type="button" onClick={() => goTo(layer, digit)}>
        {texts.inside.wholeSum(digit)}
      </button>
    </>
  );
}

/** Looks at a unit, which is further up. */
function goTo(layer: number, unit: number): void {
  if (!isChosen(layer, unit)) choose(layer, unit);
  requestAnimationFrame(() => document.querySelector('.unit')?.scrollIntoView());
}

/** Value × weight = what it adds. */
function ReasonList({title, parts}: {title: string; parts: SumPart[]}) {
  return (
    <div>
      <h4>{title}</h4>
      {parts.length === 0 && <p class="soft">{texts.inside.nothing}</p>}
      <ul>
        {parts.map(({from, inputs, weights, sum}) => (
          <li key={from}>
            {texts.inside.reason(from + 1, number(inputs.values[0]), number(weights.values[0]))}
            <b>{number(sum)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
