import {PNG} from 'pngjs';
import {describe, expect, it} from 'vitest';
import {record} from '../fixtures/run-record';
import {curvesSvg} from './curves';
import {toPng} from './raster';

describe('toPng', () => {
  it('draws text and curves at the width it is told', async () => {
    const png = PNG.sync.read(Buffer.from(await toPng(curvesSvg([record]), {width: 320})));
    expect([png.width, png.height]).toEqual([320, 200]);
    const colours = new Set(Array.from({length: 320 * 200}, (_, i) => png.data.readUInt32BE(4 * i)));
    expect(colours).toContain(0xffffffff);
    expect(colours).toContain(0x3f78d8ff);
    // The legend's line is nothing but symbols where the font is not found.
    const blank = PNG.sync.read(
      Buffer.from(
        await toPng(
          '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text x="2" y="15" font-family="system-ui, sans-serif">m</text></svg>',
          {width: 40, background: 'transparent'},
        ),
      ),
    );
    expect(blank.data.some((value) => value > 0)).toBe(true);
    expect(blank.data[3]).toBe(0);
  });

  it('refuses what is no SVG', async () => {
    await expect(toPng('<svg')).rejects.toThrow(/no SVG that can be drawn/);
  });
});
