import {readFile} from 'node:fs/promises';
import type {FeatureLevel} from 'mnist-wasm';
import {expect, it} from 'vitest';
import {versions} from './kernel-table/registries';
import {kernelRows} from './kernel-table/rows';
import {staleness} from './kernel-table/stale';

const level = process.env.MNIST_WASM_FEATURES as FeatureLevel;

it('docs/kernels.md is as the kernels are', {timeout: 120_000}, async () => {
  const documented = await readFile(new URL('../docs/kernels.md', import.meta.url), 'utf8');
  const stale = staleness(documented, await kernelRows(level), versions, level);
  expect(stale, 'docs/kernels.md is stale: run npm run docs:kernels').toEqual([]);
});
