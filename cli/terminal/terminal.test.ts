import {describe, expect, it} from 'vitest';
import {numbered, stripes} from '../../src/mnist/fixtures';
import {figures} from '../fixtures/run-record';
import {bar} from './bar';
import {classTable} from './class-table';
import {digitGrid} from './digit-grid';
import {labelTable} from './label-table';
import {probabilityBars} from './probability-bars';

const data = {train: stripes(64), test: numbered(35)};
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with it.
const COLOUR = /\u001b\[[\d;]*m/g;

it('labelTable fits a terminal', () => {
  const lines = labelTable(data).split('\n');
  expect(lines.filter((line) => /^│ +\d/.test(line))).toHaveLength(10);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

describe('digitGrid', () => {
  it('has five digits in 80 columns, in shades of ASCII', () => {
    const lines = digitGrid(data.train, [0, 1, 2, 3, 4, 5], {colour: false}).split('\n');
    expect(lines).toHaveLength(8 + 1 + 8);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines[0].match(/\d/g)).toEqual([0, 1, 2, 3, 4].map((i) => String(data.train.labels[i])));
    // Label 7's bright rows are 14 and 15: half a character's height.
    expect(lines[1 + 3].slice(16, 30)).toBe('+'.repeat(14));
  });

  it('in colour, shows the mean of two by two pixels, two a character', () => {
    const bright = {images: new Uint8Array(784).fill(255, 0, 28), labels: Uint8Array.of(1), size: 1};
    const [, first, second] = digitGrid(bright, [0], {colour: true}).split('\n');
    expect(first).toContain('\u001b[38;2;128;128;128;48;2;0;0;0m▀');
    expect(first.replace(COLOUR, '')).toBe('▀'.repeat(14));
    expect(second).not.toContain('128');
  });
});

it('a bar is exact to an eighth, and there where it is more than nothing', () => {
  expect([0, 0.001, 0.5, 0.53125, 1, 2].map((share) => bar(share, 4))).toEqual(['', '▏', '██', '██▏', '████', '████']);
});

it('probabilityBars has a line for each class and marks the likeliest', () => {
  const text = probabilityBars(Float32Array.of(0.1, 0, 0.7, 0.2, 0, 0, 0, 0, 0, 0)).replace(COLOUR, '');
  const lines = text.split('\n');
  expect(lines).toHaveLength(10);
  expect(lines.map((line) => line.startsWith('>'))).toEqual(lines.map((_, digit) => digit === 2));
  expect(lines[2]).toMatch(/^> 2 {2}█{35} {15} {2} 70\.00 %$/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

it('classTable has a row for each class and no colours of its own', () => {
  const text = classTable(figures);
  const rows = text.split('\n').filter((line) => /^│ +\d/.test(line));
  expect(rows).toHaveLength(10);
  expect(rows[0].match(/[\d.,]+/g)).toEqual(['0', '50.00', '100.00', '66.67', '4']);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal takes for colours begins with it.
  expect(text).not.toMatch(/\u001b/);
});
