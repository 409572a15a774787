import {describe, expect, it} from 'vitest';
import {record} from '../fixtures/run-record';
import {curvesSvg} from './curves';

const a = {...record, variant: 'model A'};
const b = {...record, variant: 'model B'};
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
