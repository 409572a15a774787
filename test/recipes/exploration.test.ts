import {describe, expect, it} from 'vitest';
import {explorationPage} from '../../cli/report/exploration';
import {bar} from '../../cli/terminal/bar';
import {digitGrid} from '../../cli/terminal/digit-grid';
import {labelTable} from '../../cli/terminal/label-table';
import {probabilityBars} from '../../cli/terminal/probability-bars';
import {labelCounts, randomIndices} from '../../recipes/exploration';
import {numbered, stripes} from './splits';

const data = {train: stripes(64), test: numbered(35), source: 'digits' as const, description: 'made <up>'};
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with it.
const COLOUR = /\u001b\[[\d;]*m/g;

it('labelCounts counts every image', () => {
  expect(labelCounts({...data.test, labels: Uint8Array.of(3, 3, 9)})).toEqual([0, 0, 0, 2, 0, 0, 0, 0, 0, 1]);
  expect(labelCounts(data.test).reduce((sum, count) => sum + count)).toBe(35);
});

it('randomIndices are different images, the same for the same seed', () => {
  const indices = randomIndices(data.train, 25, 5);
  expect(new Set(indices).size).toBe(25);
  expect(randomIndices(data.train, 25, 5)).toEqual(indices);
  expect(randomIndices(data.train, 25, 6)).not.toEqual(indices);
  expect(randomIndices({...data.train, size: 3}, 25, 5).sort()).toEqual([0, 1, 2]);
});

it('explorationPage shows both sets and 25 digits', () => {
  const page = explorationPage(data, 1);
  expect(page.match(/<img /g)).toHaveLength(25);
  expect(page.match(/class="bar"/g)).toHaveLength(20);
  for (const text of ['Exploring built-in digits', 'made &lt;up&gt;', 'Test images of each label'])
    expect(page).toContain(text);
  expect(page).not.toMatch(/undefined|NaN|<script/);
});

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
