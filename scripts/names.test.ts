import {expect, test} from 'vitest';
import {withoutNames} from './names.mjs';

const HEAD = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const text = (value: string) => [value.length, ...Buffer.from(value)];
const custom = (name: string, content: number[]) => {
  const bytes = [...text(name), ...content];
  return [0, bytes.length, ...bytes];
};

test('a module loses its names and nothing else', () => {
  const functions = [2, 0, ...text('first'), 7, ...text('gemm/pack')];
  const ofModule = [0, 3, ...text('ab')];
  const others = custom('other', [1, 2]);
  const named = Uint8Array.from([
    ...HEAD,
    ...custom('name', [...ofModule, 1, functions.length, ...functions]),
    ...others,
  ]);
  const {module, functions: found} = withoutNames(named);
  expect([...module]).toEqual([...HEAD, ...others]);
  expect(found).toEqual({0: 'first', 7: 'gemm/pack'});
  expect(withoutNames(module)).toEqual({module, functions: {}});
});
