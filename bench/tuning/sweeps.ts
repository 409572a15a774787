import {convolution, convolution3D, depthwise, product, type TimedCall} from './calls';

/** Values of a constant of assembly/tuning.ts that are compared on some calls. */
export interface Sweep {
  constant: string;
  values: readonly string[];
  calls: readonly TimedCall[];
}

/** What a threshold chooses between: always, and never. */
const BOTH = ['0', '1048576'];

export const sweeps: readonly Sweep[] = [
  {
    constant: 'MR',
    values: ['5', '6'],
    calls: [product(512, 512, 512), product(1024, 1024, 1024), product(128, 256, 784), product(128, 200, 5408)],
  },
  {
    constant: 'KC',
    values: ['128', '256', '512', '1024'],
    calls: [product(512, 512, 512), product(1024, 1024, 1024), product(128, 200, 5408), product(64, 4096, 4096)],
  },
  {
    constant: 'MC',
    values: ['48', '96', '144', '288', '576'],
    calls: [
      product(512, 512, 512),
      product(1024, 1024, 1024),
      product(5408, 200, 128, true),
      product(4096, 4096, 64, true),
    ],
  },
  {
    constant: 'NC',
    values: ['128', '256', '512', '1024', '2048'],
    calls: [product(1024, 1024, 1024), product(64, 4096, 4096), product(128, 5408, 200, false, true)],
  },
  {
    constant: 'PACK_B_MIN_M',
    values: BOTH,
    calls: [6, 12, 24, 32, 48, 64, 96, 128].flatMap((m) => [
      product(m, 256, 256),
      product(m, 200, 5408),
      product(m, 4096, 4096),
    ]),
  },
  {
    constant: 'PACK_A_MIN_N',
    values: BOTH,
    calls: [16, 32, 48, 64, 96, 128].flatMap((n) => [product(128, n, 256), product(128, n, 2048)]),
  },
  {
    constant: 'CONV_GROUP_PIXELS',
    values: ['1', '64', '128', '256', '1024'],
    calls: [
      convolution({batch: 128, size: 7, channels: 32, filters: 64, taps: 3, winograd: false}),
      convolution({batch: 128, size: 4, channels: 64, filters: 64, taps: 3, winograd: false}),
      convolution({batch: 128, size: 14, channels: 32, filters: 32, taps: 5, stride: 2}),
    ],
  },
  {
    constant: 'CONV_MIN_RUN',
    values: BOTH,
    // Too few images for a tile of them, so that runs are read in place or copied.
    calls: [2, 3, 4, 5, 6, 8].map((channels) => convolution({batch: 4, size: 28, channels, filters: 32, taps: 3})),
  },
  {
    constant: 'CONV_BY_IMAGES_MAX_RUN',
    values: BOTH,
    calls: [
      convolution({batch: 128, size: 28, channels: 1, filters: 32, taps: 3, padding: 'valid'}),
      convolution({batch: 128, size: 28, channels: 1, filters: 32, taps: 5, stride: 2}),
      ...[4, 6, 8, 10, 12, 16].map((channels) =>
        convolution({batch: 128, size: 14, channels, filters: 16, taps: 5, padding: 'valid', winograd: false}),
      ),
    ],
  },
  {
    constant: 'CONV_ROTATED_MAX_WORK',
    values: BOTH,
    // The work of a rotated convolution beside what is needed, 1 to 3.5 times, without and with minimal filtering.
    calls: [
      ...[
        {size: 14, channels: 16, filters: 32, taps: 3, padding: 'same'} as const,
        {size: 26, channels: 16, filters: 32, taps: 3, padding: 'valid'} as const,
        {size: 14, channels: 16, filters: 32, taps: 3, padding: 'valid'} as const,
        {size: 14, channels: 32, filters: 64, taps: 5, padding: 'valid'} as const,
        {size: 8, channels: 32, filters: 64, taps: 5, padding: 'valid'} as const,
      ].flatMap((layer) =>
        [false, true].map((winograd) => convolution({...layer, batch: 128, winograd}, 'input gradient')),
      ),
      convolution({batch: 120, size: 14, channels: 6, filters: 16, taps: 5, padding: 'valid'}, 'input gradient'),
    ],
  },
  {
    constant: 'CONV3D_PATCH_FLOATS',
    values: ['16384', '32768', '65536', '131072', '262144'],
    calls: [convolution3D(28, 16, 32, 'forward'), convolution3D(28, 16, 32, 'filter gradient')],
  },
  {
    constant: 'WINOGRAD_MIN_CHANNELS',
    values: BOTH,
    calls: [4, 8, 12, 16, 24, 32, 128, 256].flatMap((channels) =>
      (['forward', 'filter gradient'] as const).map((pass) =>
        convolution({batch: 128, size: 14, channels, filters: channels, taps: 3}, pass),
      ),
    ),
  },
  {
    constant: 'WINOGRAD_MIN_TILES',
    values: BOTH,
    // One image of so many pixels a side: 1, 4, 9, 16 and 49 tiles.
    calls: [4, 7, 10, 14, 28].flatMap((size) =>
      [32, 128, 384].map((channels) => convolution({batch: 1, size, channels, filters: channels, taps: 3})),
    ),
  },
  {
    constant: 'DEPTHWISE_BLOCK',
    values: ['8', '16', '32', '64', '128'],
    calls: [depthwise(112, 32, 1), depthwise(56, 128, 1), depthwise(14, 512, 1), depthwise(14, 128, 16, 5)],
  },
  {
    constant: 'DEPTHWISE_STRIP_BYTES',
    values: ['16384', '32768', '65536', '131072', '262144'],
    calls: [depthwise(112, 32, 1), depthwise(56, 128, 1), depthwise(14, 512, 1), depthwise(14, 128, 16, 5)],
  },
];
