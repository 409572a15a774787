import type {InputTemplate} from './sweeps';
import type {CaseOptions, KernelCase, Tolerance} from './types';

/** Sums of products of both signs. */
const tolerance: Tolerance = {relative: 2e-6, of: 'output'};
const sizes: Readonly<Record<string, number>> = {a: 2, b: 3, c: 4, d: 5, e: 6, i: 7, j: 8, k: 9, l: 1, z: 0};

function einsum(equation: string, options: CaseOptions = {}, template: InputTemplate = {}): KernelCase {
  const [terms] = equation.split('->');
  return {
    kernel: 'Einsum',
    name: `${template.dtype ?? 'float32'} ${equation} ${template.values ?? ''}`,
    inputs: terms.split(',').map((term) => ({...template, shape: [...term].map((name) => sizes[name])})),
    attrs: {equation},
    tolerance,
    ...options,
  };
}

const equations = [
  // One tensor: transposed, summed, both.
  ...['i->i', 'ij->ji', 'ij->ij', 'abc->cab', 'ij->', 'ij->i', 'ij->j', 'abcd->db', 'abcd->ca', '->'],
  // Matrix products, however they are stored.
  ...['ij,jk->ik', 'ij,jk->ki', 'ji,jk->ik', 'ij,kj->ik', 'ji,kj->ik', 'ji,kj->ki', 'ij,kj->ki'],
  // With vectors, of batches, of several summed dimensions.
  ...['ij,j->i', 'j,ij->i', 'i,ij->j', 'j,j->', 'ij,ij->', 'ij,ij->i', 'ij,ij->j', 'ij,ji->i'],
  ...['aij,ajk->aik', 'aij,ajk->aki', 'aij,jk->aik', 'ij,ajk->aik', 'abij,abjk->abik', 'iaj,jak->aik', 'ija,jka->ika'],
  ...['abcd,cde->abe', 'abcd,dce->abe', 'abcd,ecd->abe', 'abc,cde->abde', 'cabd,dce->eba', 'abcd,abcd->bd'],
  // Scores and outputs of attention heads.
  ...['aecd,abcd->acbe', 'acbe,aecd->abcd'],
  // Nothing to sum over: outer products, broadcasts, and products of elements.
  ...['i,j->ij', 'i,j->ji', 'ij,ij->ij', 'ij,ij->ji', 'ij,i->ij', 'ab,cd->cbda', ',->', 'ij,->ij', ',ij->ji', ',ij->'],
  // Dimensions of one tensor alone that are summed; src/backend/kernels/Einsum.test.ts has what the CPU backend gets wrong of them.
  ...['ij,jk->i', 'ijk,jd->id'],
  // Sizes of 1 and 0.
  ...['il,lk->ik', 'lij,ljk->lik', 'iz,zk->ik', 'zi,ik->zk', 'z,z->', 'iz,iz->i'],
];

const timed = (equation: string, ...shapes: number[][]): KernelCase => ({
  ...einsum(equation, {bench: true, test: false}),
  name: `timed ${equation} ${shapes.map((shape) => `[${shape}]`).join(' ')}`,
  inputs: shapes.map((shape) => ({shape})),
});

const invalid = (equation: string, shapes: number[][], throws: RegExp): KernelCase => ({
  kernel: 'Einsum',
  name: `refused ${equation} ${shapes.map((shape) => `[${shape}]`).join(' ')}`,
  inputs: shapes.map((shape) => ({shape})),
  attrs: {equation},
  throws,
});

export const cases: readonly KernelCase[] = [
  ...equations.map((equation) => einsum(equation)),
  ...equations.map((equation) => einsum(equation, {}, {dtype: 'int32'})),
  ...['ij,jk->ik', 'ij,ij->i', 'i,j->ij'].map((equation) => einsum(equation, {}, {dtype: 'int32', values: 'extreme'})),
  ...['ij,ij->i', 'i,j->ij', 'ij->i'].map((equation) => einsum(equation, {}, {values: 'special'})),
  invalid('ij,jk->ik', [[2, 3]], /Expected 2 input tensors, received 1/),
  invalid(
    'ij,jk',
    [
      [2, 3],
      [3, 4],
    ],
    /Equations without an arrow/,
  ),
  invalid(
    'ij,jk->ik',
    [
      [2, 3],
      [4, 5],
    ],
    /Expected dimension 3 at axis 0 of input shaped \[4,5\]/,
  ),
  invalid('ij,jk->ik', [[2, 3], [3]], /input 1 of 'ij,jk->ik' has 2 dimensions, got shape \[3\]/),
  timed('abc,cd->abd', [32, 128, 256], [256, 256]),
  timed('abc,cde->abde', [32, 128, 256], [256, 8, 32]),
  timed('aecd,abcd->acbe', [32, 128, 8, 32], [32, 128, 8, 32]),
  timed('acbe,aecd->abcd', [32, 8, 128, 128], [32, 128, 8, 32]),
  timed('abcd,cde->abe', [32, 128, 8, 32], [8, 32, 256]),
];
