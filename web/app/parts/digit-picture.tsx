import {useEffect, useRef} from 'preact/hooks';

const SIDE = 28;

interface Props {
  /** [784], 0 background to 255 ink. */
  pixels: Uint8Array;
  /** What a screen reader says. */
  label: string;
}

/** An image of the data set, white on black as it is in there; as large as its box. */
export function DigitPicture({pixels, label}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(SIDE, SIDE);
    pixels.forEach((value, i) => {
      image.data.fill(value, 4 * i, 4 * i + 3);
      image.data[4 * i + 3] = 255;
    });
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [pixels]);
  return <canvas ref={canvas} class="digit" width={SIDE} height={SIDE} role="img" aria-label={label} />;
}
