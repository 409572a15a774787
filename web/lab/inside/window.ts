import {configOf, type SeenLayer, shapeOf} from './layers';
import type {Box, Place} from './types';

/** What a convolution or a pooling layer looks at for one pixel of its output. */
export interface Window {
  size: Place;
  strides: Place;
  dilation: Place;
  /** Rows and columns of zeros before the first. */
  padding: Place;
}

/** Undefined for layers that slide nothing over a picture. */
export function windowOf(seen: SeenLayer): Window | undefined {
  const config = configOf(seen);
  const size = pair(config.kernelSize ?? config.poolSize);
  const [input, output] = [shapeOf(seen.input), shapeOf(seen.output)];
  if (!size || input.length !== 3 || output.length !== 3 || /Transpose/.test(seen.layer.getClassName())) {
    return undefined;
  }
  if (config.dataFormat === 'channelsFirst') return undefined;
  const strides = pair(config.strides) ?? [1, 1];
  const dilation = pair(config.dilationRate) ?? [1, 1];
  const before = (axis: 0 | 1) => {
    const covered = (output[axis] - 1) * strides[axis] + dilation[axis] * (size[axis] - 1) + 1;
    return config.padding === 'same' ? Math.floor(Math.max(0, covered - input[axis]) / 2) : 0;
  };
  return {size, strides, dilation, padding: [before(0), before(1)]};
}

function pair(value: unknown): Place | undefined {
  if (typeof value === 'number') return [value, value];
  return Array.isArray(value) && value.length === 2 ? [Number(value[0]), Number(value[1])] : undefined;
}

/** For one pixel of the output. */
export function windowAt(window: Window, [top, left]: Place): Box {
  return lookedAt(window, {top, left, height: 1, width: 1});
}

/** What of its input a layer looks at for a part of its output; it may reach over the edges. */
export function lookedAt({size, strides, dilation, padding}: Window, part: Box): Box {
  const length = (outputs: number, axis: 0 | 1) =>
    (outputs - 1) * strides[axis] + dilation[axis] * (size[axis] - 1) + 1;
  return {
    top: part.top * strides[0] - padding[0],
    left: part.left * strides[1] - padding[1],
    height: length(part.height, 0),
    width: length(part.width, 1),
  };
}
