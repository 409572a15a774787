import './picture-chooser.css';
import type {Picture} from '../../lab/types';
import type {Colours} from './paint';
import {PictureCanvas} from './picture-canvas';

type Spot = [row: number, column: number];

const ARROWS: Record<string, Spot> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

interface Props {
  picture: Picture;
  colours: Colours;
  most: number;
  chosen: Spot | undefined;
  /** What a screen reader says. */
  label: string;
  /** Whether the mouse chooses by being there, without a click. */
  byHover?: boolean;
  onChoose(spot: Spot): void;
}

/** A picture of which one pixel is chosen, by mouse, finger or arrow keys. */
export function PictureChooser({picture, colours, most, chosen, label, byHover, onChoose}: Props) {
  const {width, height} = picture;
  const choose = (row: number, column: number) => {
    const spot: Spot = [within(row, height), within(column, width)];
    if (spot[0] !== chosen?.[0] || spot[1] !== chosen[1]) onChoose(spot);
  };
  const point = ({clientX, clientY, currentTarget}: PointerEvent) => {
    const box = (currentTarget as HTMLElement).getBoundingClientRect();
    choose(
      Math.floor(((clientY - box.top) / box.height) * height),
      Math.floor(((clientX - box.left) / box.width) * width),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const [row, column] = chosen ?? [0, 0];
    choose(row + arrow[0], column + arrow[1]);
  };
  return (
    <div
      class="chooser"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys choose in it
      tabIndex={0}
      role="application"
      aria-label={label}
      onPointerDown={point}
      onPointerMove={(event) => byHover && event.pointerType === 'mouse' && point(event)}
      onKeyDown={onKeyDown}
    >
      <PictureCanvas picture={picture} colours={colours} most={most} />
      {chosen && (
        <span
          class="chooser-mark"
          style={{
            top: `${(100 * chosen[0]) / height}%`,
            left: `${(100 * chosen[1]) / width}%`,
            width: `${100 / width}%`,
            height: `${100 / height}%`,
          }}
        />
      )}
    </div>
  );
}

function within(position: number, length: number): number {
  return Math.min(length - 1, Math.max(0, position));
}
