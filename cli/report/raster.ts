import {asset} from '../assets';
import {RunError} from '../errors';

export interface PngOptions {
  /** Pixels; the height follows. Default: 1280. */
  width?: number;
  /** A CSS colour, or `transparent`. Default: white. */
  background?: string;
}

/** As narrow as the fonts by which echarts measures its text. */
const FAMILY = 'DejaVu Sans Condensed';

interface Renderer {
  Resvg: typeof import('@resvg/resvg-wasm').Resvg;
  font: Uint8Array;
}

let renderer: Promise<Renderer> | undefined;

/**
 * An SVG file as a PNG, by resvg (WebAssembly) and DejaVu Sans Condensed, both of which are files of the package that are read when
 * the first is drawn. The SVG must not need CSS variables: those of curvesSvg and structureSvg do not.
 *
 * @throws RunError where the package's files cannot be read, or the text is no SVG.
 */
export async function toPng(svg: string, {width = 1280, background = 'white'}: PngOptions = {}): Promise<Uint8Array> {
  renderer ??= start();
  const {Resvg, font} = await renderer.catch((error: unknown) => {
    renderer = undefined;
    throw new RunError(`PNG files cannot be drawn: ${(error as Error).message}`);
  });
  let drawing: InstanceType<typeof Resvg>;
  try {
    drawing = new Resvg(svg, {
      fitTo: {mode: 'width', value: width},
      background: background === 'transparent' ? undefined : background,
      font: {fontBuffers: [font], defaultFontFamily: FAMILY, sansSerifFamily: FAMILY},
    });
  } catch (error) {
    throw new RunError(`this is no SVG that can be drawn: ${String((error as Error).message ?? error)}`);
  }
  const image = drawing.render();
  try {
    return image.asPng();
  } finally {
    image.free();
    drawing.free();
  }
}

async function start(): Promise<Renderer> {
  const {initWasm, Resvg} = await import('@resvg/resvg-wasm');
  const [wasm, font] = await Promise.all(['resvg.wasm', 'DejaVuSansCondensed.ttf'].map(asset));
  await initWasm(wasm);
  return {Resvg, font};
}
