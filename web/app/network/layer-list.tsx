import {useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {KINDS} from '../../network/fields';
import {CLASSES, type LayerKind, SIDE} from '../../network/spec';
import {texts} from '../../texts';
import {addLayer, addPlace, draft, draftProblem, draftShape, focusNext} from './draft';
import {Choice} from './fields';
import {Gives, LayerRow} from './layer-row';

/** The layers from the picture to the answer, and what adds one. */
export function LayerList({disabled}: {disabled: boolean}) {
  useEffect(() => {
    const next = focusNext.value;
    if (!next) return;
    focusNext.value = undefined;
    document.getElementById(next === 'add' ? 'add-layer' : `layer-${next.id}-${next.part}`)?.focus();
  });
  const rows = draft.value?.rows ?? [];
  const shapes = draftShape.value?.layers ?? [];
  const problem = draftProblem.value;
  const answer = shapes[rows.length];
  const answerProblem = problem?.at === rows.length ? problem.text : undefined;
  return (
    <>
      <ol class="layers" aria-label={texts.network.layers}>
        <li class="layer fixed">
          <div class="layer-head">
            <p>
              <span class="layer-title">{texts.network.picture}</span>{' '}
              <span class="layer-summary">{texts.network.pictureOf([SIDE, SIDE, 1])}</span>
            </p>
          </div>
        </li>
        {rows.map((row, at) => (
          <LayerRow
            key={row.id}
            row={row}
            at={at}
            isLast={at === rows.length - 1}
            shape={shapes[at]}
            problem={problem?.at === at ? problem.text : undefined}
            disabled={disabled}
          />
        ))}
        <li class={`layer fixed ${answerProblem ? 'impossible' : ''}`}>
          <div class="layer-head">
            <p>
              <span class="layer-title">{texts.network.titles.dense}</span>{' '}
              <span class="layer-summary">{texts.network.answer(CLASSES)}</span>
            </p>
            {answer && <Gives shape={answer} />}
          </div>
          {answerProblem && <p class="layer-problem">{answerProblem}</p>}
        </li>
      </ol>
      <AddLayer disabled={disabled} />
    </>
  );
}

function AddLayer({disabled}: {disabled: boolean}) {
  const kind = useSignal<LayerKind>('conv2d');
  const above = draft.value?.rows[addPlace() - 1];
  const isAtEnd = addPlace() === draft.value?.rows.length;
  return (
    <div class="controls add-layer">
      <Choice
        label={texts.network.add}
        value={kind.value}
        options={KINDS}
        titles={texts.network.titles}
        disabled={disabled}
        onChange={(value) => {
          kind.value = value as LayerKind;
        }}
      />
      <button type="button" id="add-layer" disabled={disabled} onClick={() => addLayer(kind.value)}>
        {texts.network.addAction}
      </button>
      <p class="soft whole-row">
        {texts.network.addWhere(isAtEnd || !above ? undefined : texts.network.number(addPlace() - 1, above.layer.kind))}
      </p>
    </div>
  );
}
