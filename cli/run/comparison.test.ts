import {describe, expect, it} from 'vitest';
import {record} from '../fixtures/run-record';
import {comparisonPage} from '../report/comparison';
import {comparisonTable} from '../terminal/comparison-table';
import {runNames} from './titles';

const a = {...record, variant: 'model A'};
const b = {...record, variant: 'model B', model: {...record.model, parameters: 2_185_150}, bestEpoch: 1};

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
