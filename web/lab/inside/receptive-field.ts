import {isImage, layerBefore, type SeenLayer, shapeOf} from './layers';
import type {Box, Place} from './types';
import {lookedAt, windowOf} from './window';

/** The pixels of the image that a pixel of a layer's output depends on; undefined where that is not to be said. */
export function receptiveField(layers: readonly SeenLayer[], seen: SeenLayer, place: Place): Box | undefined {
  let part: Box = {top: place[0], left: place[1], height: 1, width: 1};
  for (let at: SeenLayer | undefined = seen; at; at = layerBefore(layers, at)) {
    const window = windowOf(at);
    const [input, output] = [shapeOf(at.input), shapeOf(at.output)];
    if (window) part = lookedAt(window, part);
    else if (input.length === 1 && isImage(at.input)) return within(part, output);
    else if (input[0] !== output[0] || input[1] !== output[1]) return undefined;
    if (isImage(at.input)) return within(part, input);
  }
  return undefined;
}

function within({top, left, height, width}: Box, [rows, columns]: number[]): Box {
  const [first, start] = [Math.max(0, top), Math.max(0, left)];
  return {
    top: first,
    left: start,
    height: Math.min(rows, top + height) - first,
    width: Math.min(columns, left + width) - start,
  };
}
