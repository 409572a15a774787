import {gzipSync} from 'node:zlib';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {MnistError} from './error.js';
import {encodeIdx} from './fixtures/index.js';
import {parseIdx} from './idx.js';

const FILE = 'some-idx3-ubyte';

describe('parseIdx', () => {
  it('gives back the dimensions and the bytes of what was encoded, for any shape', () => {
    const shapes = fc.array(fc.integer({min: 1, max: 9}), {minLength: 1, maxLength: 4});
    fc.assert(
      fc.property(shapes, fc.nat(255), (dims, salt) => {
        const length = dims.reduce((product, dim) => product * dim, 1);
        const data = Uint8Array.from({length}, (_, i) => (i * 31 + salt) % 256);
        expect(parseIdx(encodeIdx(dims, data), FILE)).toEqual({dims, data});
      }),
    );
  });

  it('reads a view that begins inside its buffer', () => {
    const bytes = encodeIdx([2, 3], new Uint8Array([1, 2, 3, 4, 5, 6]));
    const shifted = new Uint8Array(bytes.length + 5);
    shifted.set(bytes, 5);
    expect(parseIdx(shifted.subarray(5), FILE)).toEqual({dims: [2, 3], data: new Uint8Array([1, 2, 3, 4, 5, 6])});
  });

  const good = encodeIdx([2, 3], new Uint8Array(6));
  const changed = (at: number, value: number) => good.with(at, value);
  it.for<[string, Uint8Array, number, string]>([
    ['an empty file', new Uint8Array(), 0, 'after 0 bytes'],
    ['a file that ends in the magic number', good.subarray(0, 3), 3, 'after 3 bytes'],
    ['a file that ends in the dimensions', good.subarray(0, 9), 9, 'header of 12 bytes'],
    ['a file that ends in the data', good.subarray(0, 17), 17, 'expected 6 bytes of data (2 x 3), found only 5'],
    ['more data than the dimensions say', encodeIdx([2, 3], new Uint8Array(8)), 18, 'found 2 bytes more'],
    ['a wrong magic number', changed(0, 0x50), 0, 'found 50 00 08 02'],
    ['another element type', changed(2, 0x0d), 2, 'found 0d'],
    ['no dimensions', changed(3, 0), 3, 'at least one dimension'],
    ['more dimensions than bytes', changed(3, 200), 18, 'header of 804 bytes'],
    ['a dimension of 0', changed(7, 0), 4, 'at least 1'],
    ['dimensions whose product overflows', encodeIdx([2 ** 32 - 1, 2 ** 32 - 1], new Uint8Array(6)), 18, 'truncated'],
    ['gzip data', gzipSync(good), 0, 'unzipped first'],
  ])('refuses %s, naming the file and the byte', ([, bytes, offset, text]) => {
    const error = failure(() => parseIdx(bytes, FILE));
    expect(error).toMatchObject({file: FILE, offset});
    expect(error.message).toContain(`${FILE}, byte ${offset}: expected `);
    expect(error.message).toContain(text);
  });

  it('throws nothing but MnistError on damaged files, and never returns data that does not fit its dimensions', () => {
    const whole = encodeIdx([7, 4, 3], new Uint8Array(84).fill(9));
    const damage = fc.record({
      changes: fc.array(fc.record({at: fc.nat(whole.length - 1), value: fc.nat(255)}), {maxLength: 6}),
      header: fc.array(fc.record({at: fc.nat(15), value: fc.nat(255)}), {maxLength: 3}),
      length: fc.oneof(fc.constant(whole.length), fc.nat(whole.length + 20)),
    });
    fc.assert(
      fc.property(damage, ({changes, header, length}) => {
        const bytes = new Uint8Array(length);
        bytes.set(whole.subarray(0, length));
        for (const {at, value} of [...changes, ...header]) if (at < length) bytes[at] = value;
        expectFitsOrFails(bytes);
      }),
      {numRuns: 3000},
    );
  });

  it('throws nothing but MnistError on arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({maxLength: 64}), expectFitsOrFails), {numRuns: 2000});
    const magic = fc.uint8Array({maxLength: 40}).map((rest) => new Uint8Array([0, 0, 8, ...rest]));
    fc.assert(fc.property(magic, expectFitsOrFails), {numRuns: 2000});
  });
});

function expectFitsOrFails(bytes: Uint8Array): void {
  try {
    const {dims, data} = parseIdx(bytes, FILE);
    expect(data.length).toBe(dims.reduce((product, dim) => product * dim, 1));
    expect(data.length).toBe(bytes.length - 4 - 4 * dims.length);
  } catch (error) {
    if (!(error instanceof MnistError)) throw error;
    expect(error.message).toContain(`${FILE}, byte `);
  }
}

function failure(act: () => unknown): MnistError {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(MnistError);
    return error as MnistError;
  }
  throw new Error('expected an error, got none');
}
