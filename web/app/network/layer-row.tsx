import {LAYER_FIELDS} from '../../network/fields';
import type {LayerShape} from '../../network/shapes';
import {texts} from '../../texts';
import {changeLayer, openRow, type Row, removeLayer, stepLayer} from './draft';
import {drag, dragged} from './drag';
import {Fields} from './fields';
import {summaryOf} from './summary';

interface Props {
  row: Row;
  at: number;
  isLast: boolean;
  /** Undefined where it cannot be, or one above it. */
  shape: LayerShape | undefined;
  problem: string | undefined;
  disabled: boolean;
}

/** A layer: what it is and what it gives; opened, its fields, and the buttons that move and remove it. */
export function LayerRow({row: {id, layer}, at, isLast, shape, problem, disabled}: Props) {
  const isOpen = openRow.value === id;
  const named = (action: string) => texts.network.action(action, texts.network.number(at, layer.kind));
  const classes = ['layer', problem && 'impossible', dragged.value === id && 'dragged'].filter(Boolean).join(' ');
  return (
    <li class={classes} data-layer={id}>
      <div class="layer-head">
        <span class="grip" aria-hidden="true" onPointerDown={(event) => !disabled && drag(event, id)}>
          ⠿
        </span>
        <button
          type="button"
          class="layer-toggle"
          id={`layer-${id}-toggle`}
          aria-expanded={isOpen}
          aria-controls={isOpen ? `layer-${id}-body` : undefined}
          onClick={() => {
            openRow.value = isOpen ? undefined : id;
          }}
        >
          <span class="layer-title">{texts.network.titles[layer.kind]}</span>{' '}
          <span class="layer-summary">{summaryOf(layer)}</span>
        </button>
        {shape && <Gives shape={shape} />}
      </div>
      {problem && <p class="layer-problem">{problem}</p>}
      {isOpen && (
        <div class="layer-body" id={`layer-${id}-body`}>
          <p class="soft">{texts.network.explanations[layer.kind]}</p>
          <div class="controls">
            <Fields
              rules={LAYER_FIELDS[layer.kind]}
              values={layer}
              disabled={disabled}
              onChange={(changed) => changeLayer(id, changed)}
            />
          </div>
          <p class="buttons">
            <button
              type="button"
              id={`layer-${id}-up`}
              aria-label={named(texts.network.up)}
              disabled={disabled || at === 0}
              onClick={() => stepLayer(id, -1)}
            >
              {texts.network.up}
            </button>
            <button
              type="button"
              id={`layer-${id}-down`}
              aria-label={named(texts.network.down)}
              disabled={disabled || isLast}
              onClick={() => stepLayer(id, 1)}
            >
              {texts.network.down}
            </button>
            <button
              type="button"
              aria-label={named(texts.network.remove)}
              disabled={disabled}
              onClick={() => removeLayer(id)}
            >
              {texts.network.remove}
            </button>
          </p>
        </div>
      )}
    </li>
  );
}

/** What comes out of a layer, and the weights that it learns. */
export function Gives({shape: {output, parameters}}: {shape: LayerShape}) {
  return (
    <p class="layer-gives">
      <span>{texts.network.sizes(output)}</span> <span>{texts.network.weights(parameters)}</span>
    </p>
  );
}
