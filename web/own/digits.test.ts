import {describe, expect, it} from 'vitest';
import {FEWEST_HELD, FEWEST_OWN, type LabelledDigit, notYetIn, PIXELS, withMore} from './digits';
import {digitsFile, digitsOfFile} from './file';

const digit = (value: number, label = value % 10): LabelledDigit => ({
  label,
  pixels: new Uint8Array(PIXELS).fill(value % 256),
});
const several = (count: number) => Array.from({length: count}, (_, i) => digit(i));

describe('own digits', () => {
  it('hold back every third, however they are added', () => {
    const together = withMore([], several(9), 1);
    expect(together.map(({held}) => held)).toEqual([false, false, true, false, false, true, false, false, true]);
    const oneByOne = several(9).reduce<ReturnType<typeof withMore>>((all, one) => withMore(all, [one], 1), []);
    expect(oneByOne).toEqual(together);
    expect(withMore([], several(FEWEST_OWN)).filter(({held}) => held)).toHaveLength(FEWEST_HELD);
  });

  it('stay what they are when others are removed, and have ids of their own', () => {
    const rest = withMore([], several(9), 100).filter(({held}) => held);
    const more = withMore(rest, several(6), 50);
    expect(more.slice(0, 3)).toEqual(rest);
    expect(more.slice(3).every(({held}) => !held)).toBe(true);
    expect(new Set(more.map(({id}) => id)).size).toBe(9);
  });

  it('are there once', () => {
    expect(notYetIn([digit(0)], [digit(0), digit(90), digit(90), digit(0, 7)])).toEqual([digit(90), digit(0, 7)]);
    // As a link gives it back.
    expect(notYetIn([digit(90)], [digit(85, 0)])).toEqual([]);
  });
});

describe('a file of digits', () => {
  it('has them as they are', () => {
    expect(digitsOfFile(digitsFile(several(3)))).toEqual(several(3));
  });

  it.each([
    ['no JSON', 'PNG', 'no digits'],
    ['null', 'null', 'no digits'],
    ['an empty list', '{"digits": []}', 'no digits'],
    ['a label of 10', digitsFile([digit(1, 10)]), 'Digit 1 of the file'],
    ['a pixel too few', digitsFile([digit(1), {label: 1, pixels: new Uint8Array(783)}]), 'Digit 2 of the file'],
    ['a pixel of 256', digitsFile([digit(0)]).replace('[0,', '[256,'), 'Digit 1 of the file'],
    ['too many', JSON.stringify({digits: new Array(1001).fill(0)}), 'more than 1,000'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => digitsOfFile(text)).toThrow(message);
  });
});
