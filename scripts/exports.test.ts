import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, it} from 'vitest';
import {withoutExports} from './exports.mjs';

const simd = readFileSync(path.resolve(import.meta.dirname, '../build/wasm/simd.wasm'));
const namesOf = (bytes: Uint8Array) =>
  WebAssembly.Module.exports(new WebAssembly.Module(new Uint8Array(bytes))).map(({name}) => name);

it('leaves out what is named, and nothing else', () => {
  const all = namesOf(simd);
  const isMatrixProduct = (name: string) => name.startsWith('gemm_');
  const left = withoutExports(simd, isMatrixProduct);
  expect(namesOf(left)).toEqual(all.filter((name) => !isMatrixProduct(name)));
  expect(left.length).toBeLessThan(simd.length);
  expect(
    Buffer.compare(
      withoutExports(simd, () => false),
      simd,
    ),
  ).toBe(0);
  expect(namesOf(withoutExports(simd, () => true))).toEqual([]);
});
