/**
 * Specs of tfjs-core 4.22 that pin gradients which are not those of the forward pass, by file and name: finite differences
 * give what this backend gives (test/differentiable, test/cases). They must fail: one that passes is reported.
 */
const FLOOR_DIV = 'the quotient of int32 is rounded down: its gradient is 0, not that of the division';
const MIRROR_PAD = 'what was mirrored counts too';

export const contradicted = new Map([
  ['ops/arithmetic_test.js: div gradient: Tensor1D with int32', FLOOR_DIV],
  ['ops/arithmetic_test.js: div gradient: 1d<int32> with 1d<bool>', FLOOR_DIV],
  [
    'ops/avg_pool_test.js: avgPool gradient x=[3,3,1] f=[3,3] s=1 p=explicit',
    'a window is averaged over its pixels without the padding',
  ],
  ['ops/mirror_pad_test.js: mirrorPad grad', MIRROR_PAD],
  ['ops/mirror_pad_test.js: mirrorPad gradient with clones', MIRROR_PAD],
]);
