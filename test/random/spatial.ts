import fc from 'fast-check';
import {dtypes, int, numbers, type RandomCases, shapes} from './types';

/** A batch, up to three dimensions that are cut into blocks, and up to two more. */
const blocks = fc.tuple(
  int(0, 3),
  fc.array(fc.record({size: int(1, 5), block: int(1, 3), before: int(0, 3), after: int(0, 3)}), {
    minLength: 1,
    maxLength: 3,
  }),
  fc.array(int(1, 6), {maxLength: 2}),
  dtypes,
);

/** Moves of pixels. */
export const random: RandomCases = {
  FlipLeftRight: fc.tuple(int(0, 3), int(1, 5), int(0, 40), int(1, 19), dtypes).map(([batch, h, w, c, dtype]) => ({
    inputs: {image: {shape: [batch, h, w, c], dtype}},
  })),

  MirrorPad: fc
    .tuple(shapes, fc.constantFrom('reflect', 'symmetric'), numbers(0, 5), dtypes)
    .map(([shape, mode, random, dtype]) => {
      const most = (n: number) => Math.max(0, Math.min(random(), mode === 'reflect' ? n - 1 : n));
      return {
        inputs: {x: {shape: shape.slice(0, 4), dtype}},
        attrs: {mode, paddings: shape.slice(0, 4).map((n) => [most(n), most(n)])},
      };
    }),

  BatchToSpaceND: blocks.map(([batch, dims, rest, dtype]) => ({
    inputs: {
      x: {
        shape: [dims.reduce((product, {block}) => product * block, batch), ...dims.map(({size}) => size), ...rest],
        dtype,
      },
    },
    attrs: {
      blockShape: dims.map(({block}) => block),
      crops: dims.map(({size, block, before, after}) => {
        const first = Math.min(before, size * block);
        return [first, Math.min(after, size * block - first)];
      }),
    },
  })),

  SpaceToBatchND: blocks.map(([batch, dims, rest, dtype]) => ({
    inputs: {x: {shape: [batch, ...dims.map(({size}) => size), ...rest], dtype}},
    attrs: {
      blockShape: dims.map(({block}) => block),
      paddings: dims.map(({size, block, before}) => [before, (block - ((size + before) % block)) % block]),
    },
  })),

  DepthToSpace: fc.tuple(int(0, 2), int(1, 4), int(1, 4), int(1, 9), int(1, 3), dtypes).map((drawn) => {
    const [batch, h, w, depth, blockSize, dtype] = drawn;
    return {
      inputs: {x: {shape: [batch, h, w, depth * blockSize * blockSize], dtype}},
      attrs: {blockSize, dataFormat: 'NHWC'},
    };
  }),
};
