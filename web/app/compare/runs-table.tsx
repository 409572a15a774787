import {useSignal} from '@preact/signals';
import {count} from '../../../common/format';
import type {KeptRun} from '../../lab/compare/types';
import {texts} from '../../texts';
import {Scroll} from '../parts/scroll';
import {busy} from '../store';
import {lookOf} from './curves';
import {differences} from './differences';
import {hidden, removeRuns, runs, setUpAgain, show, takeUp} from './runs';
import {Key} from './runs-chart';

type Column = 'accuracy' | 'seconds' | 'parameters';
const FIGURES: readonly Column[] = ['accuracy', 'seconds', 'parameters'];

/** The runs with their settings and figures, the latest first, or by one of the figures. */
export function RunsTable() {
  const by = useSignal<Column | undefined>(undefined);
  const settings = differences(runs.value);
  const rows = runs.value.map((run, i) => ({run, settings: settings[i]}));
  const column = by.value;
  // The best first: the most accurate, the fastest, the smallest.
  if (column) rows.sort((a, b) => rank(a.run, column) - rank(b.run, column));
  return (
    <>
      <Scroll label={texts.compare.table}>
        <table class="runs">
          <thead>
            <tr>
              <th scope="col">{texts.compare.columns.title}</th>
              <th scope="col">{texts.compare.columns.settings}</th>
              {FIGURES.map((one) => (
                <th key={one} scope="col" class="number" aria-sort={one === column ? order(one) : undefined}>
                  <button
                    type="button"
                    class="sort"
                    aria-pressed={one === column}
                    title={texts.compare.sorted(texts.compare.columns[one])}
                    onClick={() => {
                      by.value = one === column ? undefined : one;
                    }}
                  >
                    {texts.compare.columns[one]}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.run.id} {...row} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="buttons">
        <button type="button" onClick={() => removeRuns(runs.value)}>
          {texts.compare.removeAll}
        </button>
      </p>
    </>
  );
}

function rank(run: KeptRun, column: Column): number {
  return column === 'accuracy' ? -(run.accuracy ?? 0) : run[column];
}

function order(column: Column): 'ascending' | 'descending' {
  return column === 'accuracy' ? 'descending' : 'ascending';
}

function Row({run, settings}: {run: KeptRun; settings: string}) {
  const {id, title, accuracy, seconds, parameters} = run;
  const {actions} = texts.compare;
  return (
    <tr>
      <th scope="row">
        <label>
          <input
            type="checkbox"
            checked={!hidden.value.has(id)}
            aria-label={texts.compare.shown(title)}
            onChange={({currentTarget}) => show(id, currentTarget.checked)}
          />
          <Key {...lookOf(runs.value, id)} />
          <span>
            {title}
            <small class="soft">{texts.compare.when(id)}</small>
          </span>
        </label>
      </th>
      <td class="run-settings">
        {settings}
        <span class="run-actions">
          <button
            type="button"
            disabled={busy.value || !(run.network || run.choice)}
            aria-label={texts.compare.againTitle(title)}
            onClick={() => setUpAgain(run)}
          >
            {actions.again}
          </button>
          <button
            type="button"
            disabled={busy.value || !run.hasWeights}
            aria-label={texts.compare.takeUpTitle(title)}
            onClick={() => takeUp(run)}
          >
            {actions.takeUp}
          </button>
          <button type="button" aria-label={texts.compare.removeTitle(title)} onClick={() => removeRuns([run])}>
            {actions.remove}
          </button>
        </span>
      </td>
      <td class="number">{texts.compare.accuracy(accuracy)}</td>
      <td class="number">{texts.compare.seconds(seconds)}</td>
      <td class="number">{count(parameters)}</td>
    </tr>
  );
}
