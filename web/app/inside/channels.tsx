import type {LayerView} from '../../lab/inside/types';
import {texts} from '../../texts';
import {coloursOf, largest} from '../parts/paint';
import {PictureCanvas} from '../parts/picture-canvas';
import {choose, isChosen} from './chosen';
import {titleOf, unitOf} from './words';

const STEPS: Record<string, number> = {ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1};

interface Props {
  view: LayerView;
  layer: number;
}

/** The channels of a layer as pictures, each below its filter where that is a picture: one stop of the tab key. */
export function Channels({view, layer}: Props) {
  const {pictures, filters, count: all} = view;
  const [colours, most, mostWeight] = [coloursOf(pictures), largest(pictures), largest(filters ?? [])];
  const current = Math.max(
    0,
    pictures.findIndex((_, i) => isChosen(layer, i)),
  );
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a toolbar of pictures is no form */}
      <div
        class="channels"
        role="group"
        aria-label={texts.inside.layerNumber(layer + 1, titleOf(view))}
        onKeyDown={(event) => moveFocus(event)}
      >
        {pictures.map((picture, i) => (
          <button
            key={String(i)}
            type="button"
            tabIndex={i === current ? 0 : -1}
            aria-pressed={isChosen(layer, i)}
            aria-label={texts.inside.unitOfLayer(texts.inside.units[unitOf(view)], i + 1, layer + 1)}
            onClick={() => choose(layer, i)}
          >
            {filters && <PictureCanvas picture={filters[i]} colours="weights" most={mostWeight} />}
            <PictureCanvas picture={picture} colours={colours} most={most} />
          </button>
        ))}
      </div>
      {pictures.length < all && <p class="soft more">{texts.inside.firstOf(pictures.length, all)}</p>}
    </>
  );
}

function moveFocus(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const button = event.target as HTMLElement;
  if (!step) return;
  event.preventDefault();
  ((step > 0 ? button.nextElementSibling : button.previousElementSibling) as HTMLElement | null)?.focus();
}
