import {add, type GradConfig, type MirrorPadAttrs, pad, reverse, slice, type Tensor} from '@tensorflow/tfjs-core';

/**
 * The gradient of MirrorPad: what an element was mirrored to is added to its own. tfjs-core's has the elements' own part
 * alone.
 */
export const mirrorPadGradient: GradConfig['gradFunc'] = (dy, [x], attrs) => {
  const {paddings, mode} = attrs as unknown as MirrorPadAttrs;
  const skipped = mode === 'reflect' ? 1 : 0;
  return {
    x: () =>
      paddings.reduce(
        (gradient, [before, after], axis) =>
          before + after > 0 ? foldAxis(gradient, axis, x.shape[axis], before, after, skipped) : gradient,
        dy as Tensor,
      ),
  };
};

/** The gradient with the padding of one axis, of `size` elements without it, added to the elements that it mirrors. */
function foldAxis(
  gradient: Tensor,
  axis: number,
  size: number,
  before: number,
  after: number,
  skipped: number,
): Tensor {
  const part = (begin: number, length: number) =>
    slice(
      gradient,
      gradient.shape.map((_, i) => (i === axis ? begin : 0)),
      gradient.shape.map((whole, i) => (i === axis ? length : whole)),
    );
  /** The mirror image of a padding, at its place among the elements. */
  const mirrored = (begin: number, length: number, at: number) =>
    pad(
      reverse(part(begin, length), axis),
      gradient.shape.map((_, i): [number, number] => (i === axis ? [at, size - at - length] : [0, 0])),
    );
  let folded = part(before, size);
  if (before > 0) folded = add(folded, mirrored(0, before, skipped));
  if (after > 0) folded = add(folded, mirrored(before + size, after, size - skipped - after));
  return folded;
}
