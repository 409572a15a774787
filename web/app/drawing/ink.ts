import {placeDigit} from '../../../common/image/place';
import type {Box} from '../../../common/image/raster';

/** Opacity, of 255, from which a pixel counts as ink: below are the strokes' soft edges. */
const VISIBLE = 32;

/** What is drawn on a canvas as the data set has digits, [784]; undefined where nothing is. */
export function drawnDigit(canvas: HTMLCanvasElement): Uint8Array | undefined {
  const {width, height} = canvas;
  const context = canvas.getContext('2d', {willReadFrequently: true}) as CanvasRenderingContext2D;
  const rgba = context.getImageData(0, 0, width, height).data;
  const opacity = Float32Array.from({length: width * height}, (_, i) => rgba[4 * i + 3] / 255);
  const box = inkBox(opacity, width);
  return box && placeDigit({coverage: {data: opacity, width, height, channels: 1}, box});
}

function inkBox(opacity: Float32Array, width: number): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  opacity.forEach((value, i) => {
    if (255 * value < VISIBLE) return;
    left = Math.min(left, i % width);
    right = Math.max(right, i % width);
    top = Math.min(top, Math.floor(i / width));
    bottom = Math.max(bottom, Math.floor(i / width));
  });
  return right < 0 ? undefined : {left, top, width: right - left + 1, height: bottom - top + 1};
}
