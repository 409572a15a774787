import {signal} from '@preact/signals';
import {indexOf, moveLayer} from './draft';

/** The layer that is being dragged. */
export const dragged = signal<number | undefined>(undefined);

/** Begins to drag a layer by its grip, with a mouse, a pen or a finger. */
export function drag(event: PointerEvent, id: number): void {
  const list = (event.currentTarget as Element).closest('ol');
  if (event.button !== 0 || !list) return;
  event.preventDefault();
  dragged.value = id;
  // Of the window: an element that changes its place loses the pointer.
  const end = new AbortController();
  const {signal: ended} = end;
  const stop = () => {
    dragged.value = undefined;
    end.abort();
  };
  addEventListener('pointermove', ({clientY}) => moveLayer(id, placeAt(list, id, clientY)), {signal: ended});
  addEventListener('pointerup', stop, {signal: ended});
  addEventListener('pointercancel', stop, {signal: ended});
}

/** Where a layer belongs whose grip is at this height: below all others whose middle is above it. */
function placeAt(list: Element, id: number, y: number): number {
  const others = [...list.querySelectorAll<HTMLElement>(':scope > [data-layer]')].filter(
    ({dataset}) => indexOf(Number(dataset.layer)) !== indexOf(id),
  );
  return others.filter((element) => {
    const {top, height} = element.getBoundingClientRect();
    return top + height / 2 < y;
  }).length;
}
