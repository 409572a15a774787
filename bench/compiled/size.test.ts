import {expect, test} from 'vitest';
import {sizeOfModule} from './size';

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** A type section of [] -> [], and a function section of one function of it. */
const BEFORE_CODE = [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0];

test('the code of a module, after other sections, with its length in two bytes', () => {
  const body = [200, 1, 0, ...Array(198).fill(1), 0x0b];
  const code = [1, ...body];
  const bytes = Uint8Array.from([...HEADER, ...BEFORE_CODE, 10, 0x80 | (code.length & 127), code.length >> 7, ...code]);
  expect(WebAssembly.validate(bytes)).toBe(true);
  expect(sizeOfModule(bytes)).toEqual({all: bytes.length, code: code.length});
});

test('a module without code', () => {
  expect(sizeOfModule(Uint8Array.from(HEADER))).toEqual({all: HEADER.length, code: 0});
});
