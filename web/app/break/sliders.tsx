import {type Change, RANGES, WHOLE} from '../../break/changes';
import {texts} from '../../texts';
import {changes} from '../store';

const ALL = Object.keys(WHOLE) as Change[];

/** One slider a change. */
export function Sliders({onMoved}: {onMoved(change: Change): void}) {
  return (
    <ul class="sliders">
      {ALL.map((change) => (
        <li key={change}>
          <Slider change={change} onMoved={onMoved} />
        </li>
      ))}
    </ul>
  );
}

function Slider({change, onMoved}: {change: Change; onMoved(change: Change): void}) {
  const value = changes.value[change];
  const words = texts.break.values[change](value);
  const id = `break-${change}`;
  return (
    <>
      <label for={id}>{texts.break.changes[change]}</label>
      <input
        id={id}
        type="range"
        {...RANGES[change]}
        value={value}
        aria-valuetext={words}
        onInput={({currentTarget}) => {
          changes.value = {...changes.value, [change]: currentTarget.valueAsNumber};
          onMoved(change);
        }}
      />
      <output for={id}>{words}</output>
    </>
  );
}
