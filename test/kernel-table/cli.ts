/** `npm run docs:kernels`: writes docs/kernels.md. */
import {env, removeBackend} from '@tensorflow/tfjs-core';
import {writeFileAtomic} from 'mnist-wasm/node';
import {LEVELS, markdown} from './markdown';
import {versions} from './registries';
import {type KernelRow, kernelRows} from './rows';

const FILE = 'docs/kernels.md';

// Not before ./registries has asked which kernels are native.
const {register} = await import('mnist-wasm');
env().set('IS_TEST', true);
const byLevel: KernelRow[][] = [];
for (const level of LEVELS) {
  removeBackend('mnist-wasm');
  register({features: level});
  byLevel.push(await kernelRows(level));
}
const [first, ...others] = byLevel;
const rows = first.map((row, i) => ({
  ...row,
  worst: Object.assign({}, row.worst, ...others.map((level) => level[i].worst)),
}));
await writeFileAtomic(FILE, markdown(rows, versions));
console.log(`Written to ${FILE}`);
