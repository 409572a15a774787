import {type GradConfig, reshape, sum, type Tensor, type TileAttrs, util} from '@tensorflow/tfjs-core';

/** The gradient of Tile: the sum of the copies, axis by axis. tfjs-core adds slices, up to rank 4. */
export const tileGradient: GradConfig['gradFunc'] = (dy, [x], attrs) => {
  const {reps} = attrs as unknown as TileAttrs;
  return {
    x: () => {
      const summed = x.shape.reduce((gradient, size, axis) => {
        if (reps[axis] === 1) return gradient;
        const outer = util.sizeFromShape(x.shape.slice(0, axis));
        const inner = size * util.sizeFromShape((dy as Tensor).shape.slice(axis + 1));
        return sum(reshape(gradient, [outer, reps[axis], inner]), 1);
      }, dy as Tensor);
      return reshape(summed, x.shape);
    },
  };
};
