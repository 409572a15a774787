/** A chart as a picture for elsewhere: in the colours that the page has now, written out. */
import {PAGE_PALETTE, type Palette} from '../../../common/theme';
import {texts} from '../../texts';

/** Pixels of a PNG for each of the SVG. */
const SHARPNESS = 2;

interface SavedLook {
  palette: Palette;
  background: string;
}

/** The variables of the style sheet by what they are in light or in dark mode. */
export function lookNow(): SavedLook {
  const style = getComputedStyle(document.documentElement);
  const value = (colour: string) =>
    colour.replace(/^var\((--[\w-]+)\)$/, (_, name: string) => style.getPropertyValue(name).trim());
  const {curves, ...rest} = PAGE_PALETTE;
  return {
    palette: {
      ...rest,
      text: value(rest.text),
      soft: value(rest.soft),
      line: value(rest.line),
      box: value(rest.box),
      font: pageFont(),
      curves: curves.map(value),
    },
    background: value('var(--card)'),
  };
}

/** By its name, since ECharts measures with it; zrender puts it between double quotes. */
export function pageFont(): string {
  return getComputedStyle(document.body).fontFamily.replaceAll('"', "'");
}

export async function pngOf(svg: Blob): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(svg);
  try {
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = SHARPNESS * image.naturalWidth;
    canvas.height = SHARPNESS * image.naturalHeight;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!png) throw new Error(texts.race.notDrawn(`${canvas.width} × ${canvas.height}`));
    return png;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}
