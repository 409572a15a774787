import {builtInDigits} from 'mnist-wasm/mnist';
import {expect, it} from 'vitest';
import {loadData, loadOptions} from './data';
import {RunError} from './errors';

it('tells loadMnist where to look', () => {
  expect(loadOptions({data: 'auto', trainSize: 5})).toEqual({trainSize: 5});
  expect(loadOptions({data: 'download'})).toEqual({download: true});
  expect(loadOptions({data: '/mnist', testSize: 9})).toEqual({folder: '/mnist', testSize: 9});
});

it('draws the built-in digits when asked, wherever MNIST is', async () => {
  const {train, test, source, description} = await loadData({data: 'digits', trainSize: 30, testSize: 20}, () => {});
  expect([train.size, test.size, source]).toEqual([30, 20, 'digits']);
  // What stands in where there is no MNIST is the same set, and both say so.
  const fallback = builtInDigits({trainSize: 30, testSize: 20});
  expect({train, test, source, description}).toEqual(fallback);
  expect(description).toContain('not MNIST');
  expect(description).toContain('30 training and 20 test');
  // Other digits, not the first of the training set again.
  expect(test.images).not.toEqual(train.images.subarray(0, test.images.length));
});

it('a folder without MNIST is an error, not digits', async () => {
  await expect(loadData({data: import.meta.dirname}, () => {})).rejects.toThrow(RunError);
});
