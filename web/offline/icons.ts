import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {initWasm, Resvg} from '@resvg/resvg-wasm';

const SIZES = [180, 192, 512];

let started: Promise<void> | undefined;

/** The icon as PNG files: what phones and installed pages want besides the SVG. */
export async function pngIcons(svgFile: string): Promise<{fileName: string; source: Uint8Array}[]> {
  started ??= readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')).then(initWasm);
  await started;
  const svg = await readFile(svgFile, 'utf8');
  return SIZES.map((size) => {
    const drawing = new Resvg(svg, {fitTo: {mode: 'width', value: size}});
    const image = drawing.render();
    const source = image.asPng();
    image.free();
    drawing.free();
    return {fileName: `icon-${size}.png`, source};
  });
}
