import {texts} from '../../texts';
import {DigitPicture} from '../parts/digit-picture';
import {experience} from '../store';
import {LABELS} from './collect';
import {addTaken, type Candidate, candidates, correct} from './photo';

/** What was found in a photo, to be confirmed: nothing is added before. */
export function Candidates() {
  const found = candidates.value;
  if (found.length === 0) return null;
  const taken = found.filter((one) => one.taken).length;
  return (
    <div class="candidates">
      <p>{texts.own.found(found.length)}</p>
      {experience.value.epochs === 0 && <p class="soft">{texts.own.guesses}</p>}
      <ul>
        {found.map((candidate, index) => (
          <One key={String(index)} candidate={candidate} index={index} />
        ))}
      </ul>
      <p class="buttons">
        <button type="button" class="primary" disabled={taken === 0} onClick={addTaken}>
          {texts.own.addChosen(taken)}
        </button>
        <button
          type="button"
          onClick={() => {
            candidates.value = [];
          }}
        >
          {texts.own.dropPhoto}
        </button>
      </p>
    </div>
  );
}

function One({candidate: {pixels, label, taken, isWide}, index}: {candidate: Candidate; index: number}) {
  return (
    <li class={taken ? undefined : 'left-out'}>
      <DigitPicture pixels={pixels} label={texts.own.candidate(index + 1)} />
      <div>
        <input
          type="checkbox"
          aria-label={texts.own.take(index + 1)}
          checked={taken}
          onChange={({currentTarget}) => correct(index, {taken: currentTarget.checked})}
        />
        <select
          aria-label={texts.own.labelOf(index + 1)}
          value={label}
          onChange={({currentTarget}) => correct(index, {label: Number(currentTarget.value), taken: true})}
        >
          {LABELS.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </div>
      {isWide && <span class="soft">{texts.own.wide}</span>}
    </li>
  );
}
