import {type Layer, layer} from './conv-layer';
import type {KernelCase} from './types';

/** What minimal filtering computes, which rounds more coarsely. */
function minimal(name: string, description: Layer): KernelCase[] {
  return layer(`minimal filtering, ${name}`, description, {tolerance: {relative: 2e-5, of: 'output'}});
}

export const cases: readonly KernelCase[] = [
  ...minimal('3x3 same', {batch: 4, height: 14, inChannels: 16, outChannels: 32, filter: 3}),
  ...minimal('3x3 valid', {batch: 2, height: 18, inChannels: 24, outChannels: 16, filter: 3, pad: 'valid'}),
  ...minimal('channels that fill no vector', {
    batch: 9,
    height: 7,
    width: 6,
    inChannels: 17,
    outChannels: 19,
    filter: 3,
  }),
  ...minimal('tiles that hang over', {batch: 5, height: 9, width: 13, inChannels: 18, outChannels: 22, filter: 3}),
  ...[9, 10, 11, 12].flatMap((height) =>
    [9, 10, 11, 12].flatMap((width) =>
      minimal(`${height}x${width}`, {batch: 4, height, width, inChannels: 16, outChannels: 18, filter: 3}),
    ),
  ),
  // Tiles of the input's gradient overlap: of outputs of one to four pixels at the edges.
  ...[9, 10, 11, 12].flatMap((height) =>
    [9, 10, 11, 12].flatMap((width) =>
      minimal(`${height}x${width} valid`, {
        batch: 9,
        height,
        width,
        inChannels: 20,
        outChannels: 17,
        filter: 3,
        pad: 'valid',
      }),
    ),
  ),
  ...minimal('5x5 valid, whole vectors', {
    batch: 5,
    height: 13,
    width: 12,
    inChannels: 16,
    outChannels: 18,
    filter: 5,
    pad: 'valid',
  }),
  ...minimal('5x5, odd and even', {batch: 3, height: 11, width: 8, inChannels: 16, outChannels: 16, filter: 5}),
  ...minimal('images of single tiles', {batch: 40, height: 3, width: 2, inChannels: 16, outChannels: 16, filter: 3}),
  ...minimal('5x5 same', {batch: 2, height: 9, inChannels: 20, outChannels: 16, filter: 5}),
  ...minimal('5x5 valid', {batch: 2, height: 12, width: 11, inChannels: 16, outChannels: 21, filter: 5, pad: 'valid'}),
  ...minimal('explicit padding', {
    batch: 3,
    height: 11,
    inChannels: 16,
    outChannels: 16,
    filter: 3,
    pad: [
      [0, 0],
      [2, 0],
      [1, 3],
      [0, 0],
    ],
  }),
  ...minimal('NCHW', {batch: 4, height: 10, inChannels: 16, outChannels: 18, filter: 3, dataFormat: 'NCHW'}),
  ...minimal('many blocks of tiles', {batch: 24, height: 16, inChannels: 16, outChannels: 16, filter: 3}),
];
