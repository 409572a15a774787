/**
 * Every operation of tfjs-core that can be differentiated, with its options: what differentiable.test.ts compares with
 * finite differences, and what docs/kernels.md says of gradients.
 */
import {cases as binary} from './binary';
import {cases as complex} from './complex';
import {cases as convolution} from './convolution';
import {cases as fused} from './fused';
import {cases as images} from './images';
import {cases as indexing} from './indexing';
import {cases as layout} from './layout';
import {cases as losses} from './losses';
import {cases as normalization} from './normalization';
import {cases as pooling} from './pooling';
import {cases as products} from './products';
import {cases as recurrent} from './recurrent';
import {cases as reductions} from './reductions';
import {cases as transposed} from './transposed';
import type {DifferentiableCase} from './types';
import {cases as unary} from './unary';

export type {DifferentiableCase, Known} from './types';

export const differentiableCases: readonly DifferentiableCase[] = [
  ...[unary, binary, reductions, normalization, products, convolution, transposed, pooling, images, layout, indexing],
  ...[fused, losses, recurrent, complex],
].flat();
