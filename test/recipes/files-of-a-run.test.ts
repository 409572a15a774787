import {PNG} from 'pngjs';
import {describe, expect, it} from 'vitest';
import {comparisonPage} from '../../cli/report/comparison';
import {curvesSvg} from '../../cli/report/curves';
import {structureSvg} from '../../cli/report/diagram';
import {toPng} from '../../cli/report/raster';
import {historyCsv, historyJson} from '../../cli/run/history';
import {runNames} from '../../cli/run/titles';
import {comparisonTable} from '../../cli/terminal/comparison-table';
import {record} from './run-record';

const a = {...record, variant: 'model A'};
const b = {...record, variant: 'model B', model: {...record.model, parameters: 2_185_150}, bestEpoch: 1};
const curvesIn = (svg: string) =>
  [...svg.matchAll(/<path d="M[^"]*L[^"]*"[^>]*stroke="#[^"]*" stroke-width="2\.5"/g)].length;

describe('curvesSvg', () => {
  it('has training and validation of the metric, or of both in one plot', () => {
    for (const metric of ['loss', 'accuracy'] as const) expect(curvesIn(curvesSvg([record], {metric}))).toBe(2);
    const both = curvesSvg([record]);
    expect(curvesIn(both)).toBe(4);
    for (const name of ['loss, training', 'accuracy, validation', 'best: epoch 2']) expect(both).toContain(name);
    expect(curvesIn(curvesSvg([{...record, history: {loss: [2, 1], accuracy: [0.5, 0.6]}}]))).toBe(2);
  });

  it('tells several runs apart, and stands alone', () => {
    const svg = curvesSvg([a, b], {metric: 'loss'});
    expect(curvesIn(svg)).toBe(4);
    for (const name of ['model A: training', 'model B: validation']) expect(svg).toContain(name);
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).not.toMatch(/var\(|NaN|undefined/);
  });

  it('ends the axis of shares at 1', () => {
    const svg = curvesSvg([record], {metric: 'accuracy'});
    expect(svg).toContain('>100.0 %<');
    expect(svg).not.toMatch(/>1(0[1-9]|[1-9]\d)\.\d %</);
  });

  it('refuses runs without a whole epoch', () => {
    expect(() => curvesSvg([{...record, history: {}}])).toThrow(/no run has a whole epoch/);
  });
});

it('structureSvg has a box for each layer and input, an arrow for each tensor', () => {
  const layer = (name: string, ...inputs: string[]) => ({
    name,
    type: `T${name}`,
    outputShape: '[batch, 3]',
    parameters: 0,
    inputs,
  });
  const svg = structureSvg({layers: [layer('a', 'in'), layer('b', 'a'), layer('c', 'b', 'a')]});
  expect(svg.match(/<rect /g)).toHaveLength(4);
  expect(svg.match(/<path /g)).toHaveLength(4);
  for (const text of ['>input<', '>Ta<', '>Tc<']) expect(svg).toContain(text);
  expect(svg).not.toMatch(/var\(|NaN|undefined/);
});

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

describe('the history', () => {
  const history = {loss: [0.5, 0.25], accuracy: [0.8, 0.9], val_loss: [0.125, 1e-7], val_accuracy: [1, 0]};

  it('as CSV has a line for each epoch, ended as RFC 4180 wants', () => {
    expect(historyCsv(history, [1.5, 2])).toBe(
      'epoch,seconds,loss,accuracy,val_loss,val_accuracy\r\n1,1.5,0.5,0.8,0.125,1\r\n2,2,0.25,0.9,1e-7,0\r\n',
    );
  });

  it('leaves empty what was not measured', () => {
    const {loss, accuracy} = history;
    expect(historyCsv({loss, accuracy}, [1.5]).split('\r\n').slice(1)).toEqual([
      '1,1.5,0.5,0.8,,',
      '2,,0.25,0.9,,',
      '',
    ]);
    expect(historyCsv({}, []).split('\r\n')).toHaveLength(2);
  });

  it('as JSON holds the same', () => {
    expect(JSON.parse(historyJson(history, [1.5]))[1]).toEqual({
      epoch: 2,
      seconds: null,
      loss: 0.25,
      accuracy: 0.9,
      val_loss: 1e-7,
      val_accuracy: 0,
    });
  });
});

describe('a comparison', () => {
  it('has both runs side by side', () => {
    const page = comparisonPage(a, b);
    expect(page).toContain('<h1>LeNet-5: model A and model B on MNIST</h1>');
    expect(page.match(/<svg /g)).toHaveLength(4);
    for (const text of ['61,706', '2,185,150', '27.7 s', '12.34 ms', '90.00 %']) expect(page).toContain(text);
    expect(page).not.toMatch(/undefined|NaN|\[object|<script/);
  });

  it('fits a terminal', () => {
    const text = comparisonTable(a, b);
    expect(text).toMatch(/Parameters.*61,706.*2,185,150/);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('of runs without epochs has no curves', () => {
    const empty = {...record, history: {}, epochSeconds: [], bestEpoch: null};
    expect(comparisonPage(empty, empty)).not.toContain('<h2>Loss</h2>');
  });

  it('names runs by what tells them apart', () => {
    expect(runNames([a, b])).toEqual(['model A', 'model B']);
    expect(runNames([a, {...a, title: 'MLP'}])).toEqual(['LeNet-5, model A', 'MLP, model A']);
    expect(runNames([record, record])).toEqual(['run A', 'run B']);
  });
});
