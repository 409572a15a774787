import {useEffect, useRef} from 'preact/hooks';
import type {Picture} from '../../lab/types';

const SIDE = 28;
/** Of what speaks for an answer, and against it: visible on black and on white. */
const FOR = [64, 140, 255];
const AGAINST = [240, 120, 30];
/** The digit below the colours: how much of its brightness is left. */
const DIGIT = 0.75;

interface Props {
  pixels: Uint8Array;
  falls: Picture;
  /** The value that has the full colour. */
  most: number;
  label: string;
}

/** A digit, coloured by what its pixels mean for the answer. */
export function SaliencyPicture({pixels, falls, most, label}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(SIDE, SIDE);
    pixels.forEach((ink, i) => {
      const fall = falls.values[i];
      const share = most > 0 ? Math.abs(fall) / most : 0;
      const colour = fall < 0 ? AGAINST : FOR;
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = (1 - share) * DIGIT * ink + share * colour[c];
      image.data[4 * i + 3] = 255;
    });
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [pixels, falls, most]);
  return <canvas ref={canvas} class="digit" width={SIDE} height={SIDE} role="img" aria-label={label} />;
}
