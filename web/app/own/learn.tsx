import {FEWEST_OWN} from '../../own/digits';
import {texts} from '../../texts';
import {Scroll} from '../parts/scroll';
import {ShownDigit} from '../parts/shown-digit';
import {busy, data, experience, model} from '../store';
import {LABELS} from './collect';
import {own} from './digits';
import {fineTune, type Outcome, outcome} from './fine-tune';

/** Held back, above which nobody need be told that they are few. */
const ENOUGH_HELD = 20;

/** The training that goes on with the visitor's digits, and what came of it. */
export function Learn() {
  const missing = whatIsMissing();
  return (
    <div class="own-part">
      <h3>{texts.own.tune}</h3>
      <p class="soft">{texts.own.tuneExplained}</p>
      <p class="buttons">
        <button
          type="button"
          class="primary"
          disabled={busy.value || missing !== undefined || !data.value || !model.value}
          onClick={fineTune}
        >
          {texts.own.tuneButton}
        </button>
      </p>
      {missing ? <p>{missing}</p> : <Few />}
      {outcome.value && <Table outcome={outcome.value} />}
    </div>
  );
}

function whatIsMissing(): string | undefined {
  if (own.value.length < FEWEST_OWN) return texts.own.tooFew(own.value.length, FEWEST_OWN);
  return experience.value.epochs === 0 ? texts.own.untrained : undefined;
}

function Few() {
  const held = own.value.filter((digit) => digit.held).length;
  const missing = LABELS.filter((label) => !own.value.some((digit) => digit.label === label && !digit.held));
  return (
    <>
      {held > 0 && held < ENOUGH_HELD && <p class="soft">{texts.own.few(held)}</p>}
      {missing.length > 0 && <p class="soft">{texts.own.labelsMissing(missing.join(', '))}</p>}
    </>
  );
}

function Table({outcome: {held, before, after, misread}}: {outcome: Outcome}) {
  return (
    <>
      <Scroll label={texts.own.table}>
        <table class="own-outcome">
          <caption>{texts.own.table}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.own.columns.on}</th>
              <th scope="col" class="number">
                {texts.own.columns.before}
              </th>
              <th scope="col" class="number">
                {texts.own.columns.after}
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{texts.own.rows.own}</th>
              <td class="number">{held > 0 ? texts.own.right(before.own, held) : '–'}</td>
              <td class="number">{held > 0 ? texts.own.right(after.own, held) : '–'}</td>
            </tr>
            <tr>
              <th scope="row">{texts.own.rows.data}</th>
              <td class="number">{texts.own.percent(before.data)}</td>
              <td class="number">{texts.own.percent(after.data)}</td>
            </tr>
          </tbody>
        </table>
      </Scroll>
      {misread.length === 0 ? (
        <p>{texts.own.noneMisread}</p>
      ) : (
        <>
          <h4>{texts.own.misread}</h4>
          <ul class="digits">
            {misread.map(({digit, predicted}) => (
              <li key={digit.id}>
                <ShownDigit digit={digit} label={texts.own.picture(digit.label, digit.held)}>
                  <b>{texts.own.readAs(digit.label, predicted)}</b>
                </ShownDigit>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
