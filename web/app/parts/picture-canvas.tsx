import {useEffect, useRef} from 'preact/hooks';
import type {Picture} from '../../lab/types';

type Rgb = [red: number, green: number, blue: number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** Of filters: against what they count, and for it. */
const AGAINST: Rgb = [194, 87, 12];
const FOR: Rgb = [37, 99, 196];

interface Props {
  picture: Picture;
  /** weights: from orange (negative) over white (zero) to blue; answers: black (nothing) to white. */
  colours: 'weights' | 'answers';
  /** The value that has the full colour. */
  most: number;
}

/** Numbers as pixels, as large as the box; said by the caption of those around it. */
export function PictureCanvas({picture, colours, most}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const {values, width, height} = picture;
  useEffect(() => {
    const image = new ImageData(width, height);
    values.forEach((value, i) => {
      const [from, to] = colours === 'answers' ? [BLACK, WHITE] : [WHITE, value < 0 ? AGAINST : FOR];
      const strength = colours === 'answers' ? Math.max(0, value) : Math.abs(value);
      image.data.set([...mix(from, to, most > 0 ? Math.min(1, strength / most) : 0), 255], 4 * i);
    });
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [picture, colours, most]);
  return <canvas ref={canvas} class="digit" width={width} height={height} />;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return from.map((value, i) => value + share * (to[i] - value)) as Rgb;
}
