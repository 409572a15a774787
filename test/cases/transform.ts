import {timed} from './calls';
import {tails} from './sweeps';
import type {InputSpec, KernelCase} from './types';

type Values = readonly number[];

const identity = [1, 0, 0, 0, 1, 0, 0, 0];
/** Turned, made smaller and moved, as augmentation does. */
const turned = [1.1, -0.3, 1.7, 0.25, 0.9, -0.6, 0, 0];
/** Whole steps, so that positions fall on pixels, and on the edges. */
const shifted = [1, 0, -2, 0, 1, 3, 0, 0];
const halves = [0.5, 0, -1.5, 0, 0.5, 0.5, 0, 0];
const mirrored = [-1, 0, 4, 0, -1, 4, 0, 0];
/** Positions many images away. */
const small = [7.3, 0.4, -31.2, -0.7, 9.1, -23.4, 0, 0];
/** With a line at infinity, which pixels lie on, beyond it and before it. */
const projected = [1, 0.2, -1, 0.1, 1.1, 0.5, -0.25, 0];
const tilted = [1.2, 0.1, 0, -0.2, 1, 0.3, 0.02, -0.03];
const nowhere = [Number.NaN, 0, 0, 0, Number.POSITIVE_INFINITY, 0, 0, 0];
const named = {identity, turned, shifted, halves, mirrored, small, projected, tilted, nowhere};

const interpolations = ['nearest', 'bilinear'];
const fillModes = ['constant', 'reflect', 'wrap', 'nearest'];

/** What tfjs-backend-wasm does otherwise; only where it shows on some positions and not on others is it not run. */
function tfjsWasm(name: string, interpolation: string, fillMode: string): KernelCase['tfjsWasm'] {
  if (interpolation === 'nearest') return {skip: 'it takes positions in float32, and rounds halves away from zero'};
  if (fillMode === 'reflect' || fillMode === 'wrap') return {skip: 'it finds other pixels for positions outside'};
  if (name === 'nowhere' && fillMode === 'nearest') return {differs: 'it takes NaN for the first pixel'};
  return {tolerance: {relative: 1e-5, of: 'output'}, because: 'it takes positions in float32'};
}

/** One image: the CPU backend leaves all others of a batch out; see test/image.test.ts. */
function transforms(
  name: string,
  values: Values,
  shape: readonly number[],
  outputShape?: readonly [number, number],
  image: Partial<InputSpec> = {},
): KernelCase[] {
  return interpolations.flatMap((interpolation) =>
    fillModes.map((fillMode) => ({
      kernel: 'Transform',
      name: `${name} [${shape}] ${interpolation} ${fillMode}${outputShape ? ` to [${outputShape}]` : ''}`,
      inputs: {image: {...image, shape}, transforms: {shape: [1, 8], values}},
      attrs: {interpolation, fillMode, fillValue: -1.5, ...(outputShape ? {outputShape: [...outputShape]} : {})},
      // Values of both signs, interpolated in float32: a small one carries the error of large ones.
      tolerance: {relative: 1e-6, of: 'output'},
      tfjsWasm: tfjsWasm(name, interpolation, fillMode),
    })),
  );
}

const refused = (name: string, change: object, transformShape: number[], throws: RegExp): KernelCase => ({
  kernel: 'Transform',
  name,
  inputs: {image: {shape: [3, 4, 4, 1]}, transforms: {shape: transformShape}},
  attrs: {interpolation: 'nearest', fillMode: 'constant', fillValue: 0, ...change},
  throws,
});

const projections: readonly KernelCase[] = [
  ...Object.entries(named).flatMap(([name, values]) =>
    [1, 3, 5].flatMap((c) => transforms(name, values, [1, 5, 6, c])),
  ),
  ...tails.flatMap((c) => transforms('turned', turned, [1, 3, 4, c])),
  ...transforms('turned', turned, [1, 28, 28, 1]),
  ...transforms('turned', turned, [1, 5, 6, 2], [9, 3]),
  ...transforms('small', small, [1, 5, 6, 1], [3, 9]),
  ...transforms('turned', turned, [1, 1, 1, 2], [3, 4]),
  ...transforms('nowhere', nowhere, [1, 1, 1, 1], [3, 4]),
  ...transforms('small', small, [1, 1, 5, 1]),
  ...transforms('small', small, [1, 2, 1, 3]),
  ...transforms('turned', turned, [1, 4, 4, 0]),
  ...transforms('turned', turned, [1, 4, 4, 1], [0, 3]),
  ...transforms('special', halves, [1, 7, 7, 1], undefined, {values: 'special'}),
  refused('three transforms of two images', {}, [2, 8], /transforms are \[2,8\]; expected \[1, 8\] or \[3, 8\]/),
  refused(
    'an unknown interpolation',
    {interpolation: 'cubic'},
    [1, 8],
    /Expect 'nearest' or 'bilinear', but got cubic/,
  ),
  ...[1, 3].flatMap((c) =>
    transforms('turned', turned, [1, 512, 512, c])
      .filter(({attrs}) => attrs?.fillMode === 'constant')
      .map((kernelCase) => ({...kernelCase, ...timed})),
  ),
];

function rotations(
  shape: readonly number[],
  radians: number,
  fillValue: number | readonly number[],
  center: number | readonly number[],
  image: Partial<InputSpec> = {},
): KernelCase {
  return {
    kernel: 'RotateWithOffset',
    name: `${image.dtype ?? ''} [${shape}] by ${radians} about ${center} on ${fillValue}`,
    inputs: {image: {...image, shape}},
    attrs: {radians, fillValue: fillValue as number, center: center as number},
    signedZero: true,
  };
}

const rotated: readonly KernelCase[] = [
  // tfjs-backend-wasm fills the fourth channel with 255 in any case, and has no values for those behind it.
  ...tails.map((c) => ({
    ...rotations([2, 4, 5, c], 0.7, 255, 0.5),
    ...(c > 4 ? {tfjsWasm: {skip: 'it reads past the fill values'}} : {}),
  })),
  {...rotations([2, 4, 5, 3], 0.7, -2.5, 0.5), tfjsWasm: {differs: 'its fill values are whole and not negative'}},
  ...[0, 0.1, Math.PI / 2, -Math.PI, 3, 1e6, Number.NaN].flatMap((radians) => [
    rotations([2, 5, 6, 1], radians, 7, [0.25, 0.75]),
    rotations([2, 6, 6, 3], radians, [1, 2, 3], 0.5),
  ]),
  rotations([1, 4, 5, 4], 0.5, [1, 2, 3], 0),
  {...rotations([1, 4, 5, 6], 0.5, [1, 2, 3], 0), tfjsWasm: {skip: 'it reads past the fill values'}},
  rotations([1, 4, 5, 3], 0.5, [1, 2, 3], [1, -1]),
  ...[
    rotations([2, 4, 5, 3], 0.5, -2.7, 0.5, {dtype: 'int32', values: 'extreme'}),
    rotations([2, 4, 5, 6], 0.5, [1, 2, 3], 0.5, {dtype: 'int32'}),
  ].map((c) => ({...c, tfjsWasm: {differs: "it fills with a float's bits"}})),
  rotations([1, 8, 8, 2], 0.5, 1, 0.5, {values: 'special'}),
  rotations([0, 4, 5, 3], 0.5, 1, 0.5),
  rotations([2, 4, 0, 3], 0.5, 1, 0.5),
  {...rotations([128, 28, 28, 1], 0.2, 0, 0.5), ...timed},
  {...rotations([8, 224, 224, 3], 0.2, 0, 0.5), ...timed},
];

/** Images through projections, and turned. */
export const cases: readonly KernelCase[] = [...projections, ...rotated];
