/**
 * Kernels of complex64 that tfjs-backend-cpu refuses or has wrong, by their definitions: those that move elements or negate
 * them do so with each part; it reads past the end of tensors of fewer dimensions that it broadcasts; its Fourier
 * transforms round to float32 in each step, where these are in float64.
 */
import {
  backend_util,
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import {broadcastReader, type Cpu} from './cpu';

type Kernel = KernelConfig['kernelFunc'];
type Part = 'Real' | 'Imag';
const PARTS: readonly Part[] = ['Real', 'Imag'];

const isComplex = (x: unknown) => (x as TensorInfo | undefined)?.dtype === 'complex64';

/** Runs another kernel of the backend `cpu`. */
function run(kernelName: string, inputs: object, cpu: Cpu): TensorInfo {
  const config = getKernel(kernelName, 'cpu') as KernelConfig;
  return config.kernelFunc({inputs, backend: cpu, attrs: {}} as never) as TensorInfo;
}

/** A part of a complex tensor, as a new tensor of its shape. */
function partOf(part: Part, x: TensorInfo, cpu: Cpu): TensorInfo {
  return {...run(part, {input: x}, cpu), shape: x.shape};
}

/** A complex tensor that takes over its parts. */
function makeComplex(real: TensorInfo, imag: TensorInfo, cpu: Cpu): TensorInfo {
  const y = run('Complex', {real, imag}, cpu);
  for (const part of [real, imag]) cpu.disposeIntermediateTensorInfo(part);
  return y;
}

function complexOf(shape: number[], [real, imag]: readonly Float64Array[], cpu: Cpu): TensorInfo {
  const [re, im] = [real, imag].map((values) => cpu.makeTensorInfo(shape, 'float32', Float32Array.from(values)));
  return makeComplex(re, im, cpu);
}

/** The kernel for each part of its first input; a constant with which it pads is a real number. */
const byParts =
  (original: Kernel): Kernel =>
  (call) => {
    const cpu = call.backend as unknown as Cpu;
    const [name, x] = Object.entries(call.inputs)[0] as [string, TensorInfo];
    if (!isComplex(x)) return original(call);
    const [real, imag] = PARTS.map((part) => {
      const input = partOf(part, x, cpu);
      const isPadding = call.attrs && 'constantValue' in call.attrs;
      const padding: NamedAttrMap = part === 'Imag' && isPadding ? {constantValue: 0} : {};
      const y = original({...call, inputs: {...call.inputs, [name]: input}, attrs: {...call.attrs, ...padding}});
      cpu.disposeIntermediateTensorInfo(input);
      return y;
    });
    if (!Array.isArray(real)) return makeComplex(real as TensorInfo, imag as TensorInfo, cpu);
    return real.map((part, i) => makeComplex(part, (imag as TensorInfo[])[i], cpu));
  };

/** A function of two complex numbers, as the real and the imaginary part. */
type Combine = (ar: number, ai: number, br: number, bi: number) => readonly [number, number];

/** The function of two tensors that are broadcast, one of them complex. */
const combined =
  (of: Combine) =>
  (original: Kernel): Kernel =>
  (call) => {
    const {a, b} = call.inputs as Record<string, TensorInfo>;
    if (!isComplex(a) && !isComplex(b)) return original(call);
    const cpu = call.backend as unknown as Cpu;
    const shape = backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const [[ar, ai], [br, bi]] = [a, b].map((x) => readers(x, shape, cpu));
    const size = util.sizeFromShape(shape);
    const results = Array.from({length: size}, (_, i) => of(ar(i), ai(i), br(i), bi(i)));
    const parts = [0, 1].map((part) => Float64Array.from(results, (result) => result[part]));
    return complexOf(shape, parts, cpu);
  };

/** Both parts of the element that belongs to element i of the broadcast shape. */
function readers(x: TensorInfo, shape: number[], cpu: Cpu): ((i: number) => number)[] {
  if (!isComplex(x)) return [broadcastReader(cpu, x, shape), () => 0];
  return PARTS.map((name) => {
    const part = partOf(name, x, cpu);
    const read = broadcastReader(cpu, part, shape);
    cpu.disposeIntermediateTensorInfo(part);
    return read;
  });
}

const arithmetic: Readonly<Record<string, Combine>> = {
  Add: (ar, ai, br, bi) => [ar + br, ai + bi],
  Sub: (ar, ai, br, bi) => [ar - br, ai - bi],
  Multiply: (ar, ai, br, bi) => [ar * br - ai * bi, ar * bi + ai * br],
  RealDiv: (ar, ai, br, bi) => {
    const norm = br * br + bi * bi;
    return [(ar * br + ai * bi) / norm, (ai * br - ar * bi) / norm];
  },
};

/** y[k] = sum over j of x[j] e^(sign 2 pi i j k / n), of both parts of one row. */
export function fourier(xr: ArrayLike<number>, xi: ArrayLike<number>, sign: 1 | -1): [Float64Array, Float64Array] {
  const n = xr.length;
  const cos = Float64Array.from({length: n}, (_, j) => Math.cos((2 * Math.PI * j) / n));
  const sin = Float64Array.from({length: n}, (_, j) => sign * Math.sin((2 * Math.PI * j) / n));
  const yr = new Float64Array(n);
  const yi = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    for (let j = 0, at = 0; j < n; j++, at = (at + k) % n) {
      yr[k] += xr[j] * cos[at] - xi[j] * sin[at];
      yi[k] += xr[j] * sin[at] + xi[j] * cos[at];
    }
  }
  return [yr, yi];
}

const transform =
  (sign: 1 | -1) =>
  (): Kernel =>
  ({inputs, backend}) => {
    const input = inputs.input as TensorInfo;
    const cpu = backend as unknown as Cpu;
    const n = input.shape.at(-1) as number;
    const size = util.sizeFromShape(input.shape);
    const values = cpu.readSync(input.dataId) as Float32Array;
    const [real, imag] = [new Float64Array(size), new Float64Array(size)];
    for (let start = 0; start < size; start += n) {
      const part = (offset: number) => Float64Array.from({length: n}, (_, j) => values[2 * (start + j) + offset]);
      const [re, im] = fourier(part(0), part(1), sign);
      real.set(sign > 0 ? re.map((value) => value / n) : re, start);
      imag.set(sign > 0 ? im.map((value) => value / n) : im, start);
    }
    return complexOf(input.shape, [real, imag], cpu);
  };

const moved = 'Neg Slice StridedSlice Reverse Transpose Tile GatherV2 PadV2 SplitV Unpack'.split(' ');

/** What takes the place of a kernel of tfjs-backend-cpu, given that; float32 and others stay as they are. */
export const complexDefinitions: Readonly<Record<string, (original: Kernel) => Kernel>> = {
  ...Object.fromEntries(moved.map((kernel) => [kernel, byParts])),
  ...Object.fromEntries(Object.entries(arithmetic).map(([kernel, of]) => [kernel, combined(of)])),
  FFT: transform(-1),
  IFFT: transform(1),
};
