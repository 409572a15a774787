import './drawing-pad.css';
import {useEffect, useRef, useState} from 'preact/hooks';
import type {Digit} from '../../lab/types';
import {texts} from '../../texts';
import {drawnDigit} from '../drawing/ink';
import {Pen, type Spot} from '../drawing/pen';
import {DigitPicture} from './digit-picture';

/** Pixels of the drawing: five for each of the data set's. */
const SIDE = 140;
const ARROWS: Record<string, Spot> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Props {
  /** Shown over the drawing, until the pen is set down. */
  sample: Digit | undefined;
  /** Called as the drawing changes, at most once a frame: [784], undefined for an empty pad. */
  onDrawing(pixels: Uint8Array | undefined): void;
}

/** A pad to draw a digit on, with mouse, finger, pen or keys. */
export function DrawingPad({sample, onDrawing}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = useRef<Pen | null>(null);
  const frame = useRef(0);
  const [cursor, setCursor] = useState<{spot: Spot; down: boolean} | undefined>(undefined);

  useEffect(() => {
    pen.current = new Pen(canvas.current as HTMLCanvasElement);
    return () => cancelAnimationFrame(frame.current);
  }, []);

  const changed = () => {
    if (frame.current !== 0) return;
    frame.current = requestAnimationFrame(() => {
      frame.current = 0;
      onDrawing(drawnDigit(canvas.current as HTMLCanvasElement));
    });
  };
  const draw = (event: PointerEvent, begin: boolean) => {
    if (begin) {
      canvas.current?.setPointerCapture(event.pointerId);
      setCursor(undefined);
      pen.current?.touch(place(event, canvas.current as HTMLElement));
    } else if (pen.current?.down && event.buttons > 0) {
      // A fast finger moves on several times between two events.
      const all = event.getCoalescedEvents?.() ?? [];
      for (const one of all.length > 0 ? all : [event]) pen.current.move(place(one, canvas.current as HTMLElement));
    } else return;
    changed();
  };
  const report = () => onDrawing(drawnDigit(canvas.current as HTMLCanvasElement));
  const clear = () => {
    pen.current?.clear();
    setCursor(undefined);
    onDrawing(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const own = pen.current;
    if (!own || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) own.step(...arrow);
    else if (event.key === ' ') own.down ? own.lift() : own.touch(own.at);
    else if (event.key === 'Delete' || event.key === 'Backspace') return clear();
    else return;
    event.preventDefault();
    setCursor({spot: own.at, down: own.down});
    changed();
  };

  return (
    <div class="pad">
      <div
        class="pad-box"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys draw on it
        tabIndex={0}
        role="application"
        aria-label={texts.draw.pad}
        aria-describedby="pad-help"
        onPointerDown={(event) => draw(event, true)}
        onPointerMove={(event) => draw(event, false)}
        onPointerUp={() => pen.current?.lift()}
        onPointerCancel={() => pen.current?.lift()}
        onKeyDown={onKeyDown}
        onBlur={() => setCursor(undefined)}
      >
        <canvas ref={canvas} width={SIDE} height={SIDE} />
        {sample && <DigitPicture pixels={sample.pixels} label={texts.draw.sample(sample.label)} />}
        {cursor && (
          <span
            class={cursor.down ? 'cursor down' : 'cursor'}
            style={{left: `${100 * cursor.spot[0]}%`, top: `${100 * cursor.spot[1]}%`}}
          />
        )}
      </div>
      {sample ? (
        <button key="back" type="button" onClick={report}>
          {texts.draw.back}
        </button>
      ) : (
        <button key="clear" type="button" onClick={clear}>
          {texts.draw.clear}
        </button>
      )}
      <p id="pad-help" class="visually-hidden">
        {texts.draw.help}
      </p>
    </div>
  );
}

function place({clientX, clientY}: PointerEvent, pad: HTMLElement): Spot {
  const {left, top, width, height} = pad.getBoundingClientRect();
  return [(clientX - left) / width, (clientY - top) / height];
}
